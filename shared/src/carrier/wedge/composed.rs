//! Letters with an accent, as a host joins a dead key with the letter after it (Unicode, canonical decomposition).

/// The spacing accents of dead keys and, under each, the letters that join with it, plain and joined.
const JOINED: [(char, &str, &str); 5] = [
    ('`', "AEIOUaeiou", "ÀÈÌÒÙàèìòù"),
    ('´', "AEIOUYaeiouy", "ÁÉÍÓÚÝáéíóúý"),
    ('¨', "AEIOUaeiouy", "ÄËÏÖÜäëïöüÿ"),
    ('^', "AEIOUaeiou", "ÂÊÎÔÛâêîôû"),
    ('~', "ANOano", "ÃÑÕãñõ"),
];

/// The accent and the letter of a joined one.
pub(super) fn parts(character: char) -> Option<(char, char)> {
    JOINED.iter().find_map(|(accent, plain, joined)| {
        let at = joined.chars().position(|one| one == character)?;
        Some((*accent, plain.chars().nth(at)?))
    })
}

/// Whether a character may be a dead key's.
pub(super) fn is_accent(character: char) -> bool {
    JOINED.iter().any(|(accent, ..)| *accent == character)
}

/// What a host makes of a dead key and the letter after it.
pub(super) fn join(accent: char, letter: char) -> Option<char> {
    JOINED
        .iter()
        .filter(|one| one.0 == accent)
        .find_map(|(_, plain, joined)| {
            let at = plain.chars().position(|one| one == letter)?;
            joined.chars().nth(at)
        })
}
