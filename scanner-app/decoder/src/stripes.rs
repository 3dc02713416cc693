//! Whether a part of a picture shows bars: then light changes in one direction and hardly across it.

use crate::Luma;
use crate::regions::Region;

/// Pixels between the two whose difference is a change of light.
const SPAN: usize = 2;
/// How much of all change lies in one direction where there are bars, in hundredths; in a matrix symbol it is a tenth or two.
const ALIKE: i64 = 35;

/// By the coherence of the structure tensor.
pub fn striped(picture: &Luma, region: Region) -> bool {
    let width = picture.width() as usize;
    let inner = |from: u32, long: u32| {
        let (from, long) = (from as usize, long as usize);
        from + SPAN..(from + long).saturating_sub(SPAN)
    };
    let (rows, columns) = (inner(region.top, region.height), inner(region.left, region.width));
    let (mut across, mut down, mut both) = (0_i64, 0_i64, 0_i64);
    for y in rows.step_by(2) {
        for x in columns.clone().step_by(2) {
            let at = |x: usize, y: usize| i64::from(picture.pixels()[y * width + x]);
            let (dx, dy) = (
                at(x + SPAN, y) - at(x - SPAN, y),
                at(x, y + SPAN) - at(x, y - SPAN),
            );
            across += dx * dx;
            down += dy * dy;
            both += dx * dy;
        }
    }
    // At most 16 million places of twice 255 squared: far within 64 bits, but not their squares.
    let (across, down, both) = (i128::from(across), i128::from(down), i128::from(both));
    let coherent = (across - down).pow(2) + 4 * both.pow(2);
    coherent * 10_000 > (across + down).pow(2) * i128::from(ALIKE * ALIKE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(shade: impl Fn(u32, u32) -> u8) -> bool {
        let pixels = (0..80).flat_map(|y| (0..100).map(move |x| (x, y)));
        let picture = Luma::new(100, 80, pixels.map(|(x, y)| shade(x, y)).collect()).unwrap();
        let region = Region {
            left: 10,
            top: 10,
            width: 90,
            height: 70,
        };
        striped(&picture, region)
    }

    #[test]
    fn bars_in_any_direction_are_stripes_and_a_chequer_is_none() {
        let shade = |dark| if dark { 40 } else { 200 };
        assert!(seen(|x, _| shade(x / 5 % 2 == 0)));
        assert!(seen(|_, y| shade(y / 5 % 2 == 0)));
        assert!(seen(|x, y| shade((x + y) / 7 % 2 == 0)));
        assert!(!seen(|x, y| shade((x / 5 + y / 5) % 2 == 0)));
        assert!(!seen(|x, y| shade(
            (x / 5 * 7 + y / 5 * 5 + (x / 5) * (y / 5)) % 3 == 0
        )));
        assert!(!seen(|_, _| 90));
    }

    #[test]
    fn a_part_too_small_to_tell_is_none() {
        let picture = Luma::new(3, 1, vec![0, 255, 0]).unwrap();
        let region = Region {
            left: 0,
            top: 0,
            width: 3,
            height: 1,
        };
        assert!(!striped(&picture, region));
    }
}
