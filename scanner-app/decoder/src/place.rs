//! Places in a picture.

use crate::symbol::Corner;

/// Whether two symbols lie in one place: the middle of one is within the other. Two bars of one label lie beside each other.
pub fn overlap(a: &[Corner], b: &[Corner]) -> bool {
    match (middle(a), middle(b)) {
        (Some(of_a), Some(of_b)) => holds(a, of_b) || holds(b, of_a),
        // A reader that does not tell the place may mean any.
        _ => true,
    }
}

/// The smallest upright rectangle around the corners: left, top, right, bottom.
pub fn bounds(corners: &[Corner]) -> Option<[f32; 4]> {
    let first = corners.first()?;
    Some(corners.iter().fold([first.x, first.y, first.x, first.y], |b, c| {
        [b[0].min(c.x), b[1].min(c.y), b[2].max(c.x), b[3].max(c.y)]
    }))
}

/// Whether the first lies within the second or close by: no further than a quarter of its length. A reader that does not tell the place
/// may mean any.
pub fn within_reach(inner: &[Corner], outer: &[Corner]) -> bool {
    let (Some(inner), Some([left, top, right, bottom])) = (bounds(inner), bounds(outer)) else {
        return true;
    };
    let reach = (right - left).max(bottom - top) / 4.0;
    inner[0] >= left - reach
        && inner[1] >= top - reach
        && inner[2] <= right + reach
        && inner[3] <= bottom + reach
}

fn middle(corners: &[Corner]) -> Option<Corner> {
    let count = u16::try_from(corners.len()).ok().filter(|count| *count > 0)?;
    let sum = corners
        .iter()
        .fold((0.0, 0.0), |sum, c| (sum.0 + c.x, sum.1 + c.y));
    Some(Corner {
        x: sum.0 / f32::from(count),
        y: sum.1 / f32::from(count),
    })
}

/// Whether a place lies in the polygon of the corners, or within a few pixels of its sides: the polygon of a linear symbol that
/// was read in one row has no area.
fn holds(corners: &[Corner], at: Corner) -> bool {
    const NEAR: f32 = 6.0;
    let mut inside = false;
    for (i, start) in corners.iter().enumerate() {
        let end = corners[(i + 1) % corners.len()];
        if distance(*start, end, at) <= NEAR {
            return true;
        }
        let crosses = (start.y > at.y) != (end.y > at.y);
        if crosses && at.x < (end.x - start.x) * (at.y - start.y) / (end.y - start.y) + start.x {
            inside = !inside;
        }
    }
    inside
}

/// From a place to the nearest point of a side.
fn distance(start: Corner, end: Corner, at: Corner) -> f32 {
    let (dx, dy) = (end.x - start.x, end.y - start.y);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 {
        (((at.x - start.x) * dx + (at.y - start.y) * dy) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (at.x - start.x - along * dx).hypot(at.y - start.y - along * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corners(places: &[(f32, f32)]) -> Vec<Corner> {
        places.iter().map(|(x, y)| Corner { x: *x, y: *y }).collect()
    }

    #[test]
    fn a_part_of_a_symbol_lies_in_it_and_its_neighbour_does_not() {
        let bars = corners(&[(10.0, 10.0), (410.0, 10.0), (410.0, 90.0), (10.0, 90.0)]);
        let part = corners(&[(40.0, 50.0), (160.0, 50.0)]);
        let row = corners(&[(10.0, 50.0), (410.0, 50.0)]);
        let below = corners(&[(10.0, 110.0), (410.0, 110.0), (410.0, 190.0), (10.0, 190.0)]);
        assert!(overlap(&bars, &part) && overlap(&part, &bars));
        assert!(overlap(&row, &part), "a row has no area");
        assert!(!overlap(&bars, &below) && !overlap(&below, &part));
        assert!(overlap(&bars, &[]), "who tells no place may mean this one");
        assert_eq!(bounds(&part), Some([40.0, 50.0, 160.0, 50.0]));
        assert_eq!(bounds(&[]), None);
    }
}
