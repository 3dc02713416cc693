//! Countries, currencies and sexes by the code lists of ISO.

use super::finding::whole_unless;
use super::{Finding, LinterError};

/// Countries by number: ISO 3166-1 numeric as of 2026-01.
const COUNTRIES: [u16; 249] = [
    4, 8, 10, 12, 16, 20, 24, 28, 31, 32, 36, 40, 44, 48, 50, 51, 52, 56, 60, 64, 68, 70, 72, 74, 76, 84, 86,
    90, 92, 96, 100, 104, 108, 112, 116, 120, 124, 132, 136, 140, 144, 148, 152, 156, 158, 162, 166, 170,
    174, 175, 178, 180, 184, 188, 191, 192, 196, 203, 204, 208, 212, 214, 218, 222, 226, 231, 232, 233, 234,
    238, 239, 242, 246, 248, 250, 254, 258, 260, 262, 266, 268, 270, 275, 276, 288, 292, 296, 300, 304, 308,
    312, 316, 320, 324, 328, 332, 334, 336, 340, 344, 348, 352, 356, 360, 364, 368, 372, 376, 380, 384, 388,
    392, 398, 400, 404, 408, 410, 414, 417, 418, 422, 426, 428, 430, 434, 438, 440, 442, 446, 450, 454, 458,
    462, 466, 470, 474, 478, 480, 484, 492, 496, 498, 499, 500, 504, 508, 512, 516, 520, 524, 528, 531, 533,
    534, 535, 540, 548, 554, 558, 562, 566, 570, 574, 578, 580, 581, 583, 584, 585, 586, 591, 598, 600, 604,
    608, 612, 616, 620, 624, 626, 630, 634, 638, 642, 643, 646, 652, 654, 659, 660, 662, 663, 666, 670, 674,
    678, 682, 686, 688, 690, 694, 702, 703, 704, 705, 706, 710, 716, 724, 728, 729, 732, 740, 744, 748, 752,
    756, 760, 762, 764, 768, 772, 776, 780, 784, 788, 792, 795, 796, 798, 800, 804, 807, 818, 826, 831, 832,
    833, 834, 840, 850, 854, 858, 860, 862, 876, 882, 887, 894,
];

/// Countries by two letters: for each first letter from A to Z the second ones. ISO 3166-1 alpha-2 as of 2026-01.
const SECOND_LETTERS: [&[u8]; 26] = [
    b"DEFGILMOQRSTUWXZ",
    b"ABDEFGHIJLMNOQRSTVWYZ",
    b"ACDFGHIKLMNORUVWXYZ",
    b"EJKMOZ",
    b"CEGHRST",
    b"IJKMOR",
    b"ABDEFGHILMNPQRSTUWY",
    b"KMNRTU",
    b"DELMNOQRST",
    b"EMOP",
    b"EGHIMNPRWYZ",
    b"ABCIKRSTUVY",
    b"ACDEFGHKLMNOPQRSTUVWXYZ",
    b"ACEFGILOPRUZ",
    b"M",
    b"AEFGHKLMNRSTWY",
    b"A",
    b"EOSUW",
    b"ABCDEGHIJKLMNORSTVXYZ",
    b"CDFGHJKLMNORTVWZ",
    b"AGMSYZ",
    b"ACEGINU",
    b"FS",
    b"",
    b"ET",
    b"AMW",
];

/// Currencies and funds by number: ISO 4217 as of 2026-01.
const CURRENCIES: [u16; 179] = [
    8, 12, 32, 36, 44, 48, 50, 51, 52, 60, 64, 68, 72, 84, 90, 96, 104, 108, 116, 124, 132, 136, 144, 152,
    156, 170, 174, 188, 192, 203, 208, 214, 222, 230, 232, 238, 242, 262, 270, 292, 320, 324, 328, 332, 340,
    344, 348, 352, 356, 360, 364, 368, 376, 388, 392, 396, 398, 400, 404, 408, 410, 414, 417, 418, 422, 426,
    430, 434, 446, 454, 458, 462, 480, 484, 496, 498, 504, 512, 516, 524, 532, 533, 548, 554, 558, 566, 578,
    586, 590, 598, 600, 604, 608, 634, 643, 646, 654, 682, 690, 702, 704, 706, 710, 728, 748, 752, 756, 760,
    764, 776, 780, 784, 788, 800, 807, 818, 826, 834, 840, 858, 860, 882, 886, 901, 924, 925, 926, 927, 928,
    929, 930, 933, 934, 936, 938, 940, 941, 943, 944, 946, 947, 948, 949, 950, 951, 952, 953, 955, 956, 957,
    958, 959, 960, 961, 962, 963, 964, 965, 967, 968, 969, 970, 971, 972, 973, 975, 976, 977, 978, 979, 980,
    981, 984, 985, 986, 990, 994, 997, 999,
];

/// `iso3166`: the number of a country.
pub fn country(part: &[u8]) -> Result<(), Finding> {
    whole_unless(listed(&COUNTRIES, part), LinterError::NotIso3166, part)
}

/// `iso3166999`: the number of a country, or 999 for several.
pub fn country_or_999(part: &[u8]) -> Result<(), Finding> {
    let known = part == b"999" || listed(&COUNTRIES, part);
    whole_unless(known, LinterError::NotIso3166Or999, part)
}

/// `iso3166alpha2`: the two letters of a country.
pub fn country_letters(part: &[u8]) -> Result<(), Finding> {
    whole_unless(is_country(part), LinterError::NotIso3166Alpha2, part)
}

/// `iso4217`: the number of a currency.
pub fn currency(part: &[u8]) -> Result<(), Finding> {
    whole_unless(listed(&CURRENCIES, part), LinterError::NotIso4217, part)
}

/// `iso5218`: 0 not known, 1 male, 2 female, 9 not applicable.
pub fn sex(part: &[u8]) -> Result<(), Finding> {
    let known = matches!(part, [b'0' | b'1' | b'2' | b'9']);
    whole_unless(known, LinterError::InvalidBiologicalSexCode, part)
}

pub(super) fn is_country(part: &[u8]) -> bool {
    let [first @ b'A'..=b'Z', second] = part else {
        return false;
    };
    SECOND_LETTERS[usize::from(first - b'A')].contains(second)
}

fn listed(list: &[u16], part: &[u8]) -> bool {
    match part {
        [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9'] => {
            let number = part.iter().fold(0, |sum, b| sum * 10 + u16::from(b - b'0'));
            list.binary_search(&number).is_ok()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{COUNTRIES, CURRENCIES, SECOND_LETTERS, country, country_letters, country_or_999, currency};

    #[test]
    fn the_lists_are_in_order() {
        assert!(COUNTRIES.is_sorted_by(|a, b| a < b));
        assert!(CURRENCIES.is_sorted_by(|a, b| a < b));
        assert!(
            SECOND_LETTERS
                .iter()
                .all(|letters| letters.is_sorted_by(|a, b| a < b))
        );
        assert_eq!(
            SECOND_LETTERS.iter().map(|letters| letters.len()).sum::<usize>(),
            COUNTRIES.len()
        );
    }

    #[test]
    fn sweden_and_its_crown() {
        assert_eq!(country(b"752"), Ok(()));
        assert_eq!(country_letters(b"SE"), Ok(()));
        assert_eq!(currency(b"752"), Ok(()));
        assert!(country_letters(b"se").is_err());
        assert!(country(b"999").is_err());
        assert_eq!(country_or_999(b"999"), Ok(()));
    }
}
