//! The four sides of a blotch, though a corner of every Data Matrix is light and noise gnaws at the others.

use super::plane::{Point, Quad, distance};

/// Cosine of the angle by which a piece of the hull may lean from its side: perspective leans less, a cut-off corner more.
const LEANING: f32 = 0.88;
/// Pixels between the points of the hull that a side is laid through.
const STEP: f32 = 1.5;
/// Pixels from the middle of a dark pixel to its edge.
const EDGE: f32 = 0.5;

/// A line: all places whose product with the normal is the distance. The normal points outwards.
#[derive(Clone, Copy)]
struct Line {
    normal: Point,
    from_zero: f32,
}

/// The quadrangle whose sides lie along the hull; None where the hull is no such thing.
pub fn quad(hull: &[Point]) -> Option<Quad> {
    let (sin, cos) = direction(hull)?;
    let mut sides = [(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)].map(|(x, y)| {
        let normal = (x * cos - y * sin, x * sin + y * cos);
        side(hull, normal)
    });
    for line in &mut sides {
        line.from_zero += EDGE;
    }
    let [top, right, bottom, left] = sides;
    Some([
        meeting(left, top)?,
        meeting(top, right)?,
        meeting(right, bottom)?,
        meeting(bottom, left)?,
    ])
}

/// Sine and cosine of the smallest rectangle round the hull: one of its sides lies along a piece of it.
fn direction(hull: &[Point]) -> Option<(f32, f32)> {
    pieces(hull)
        .filter(|(start, end)| distance(*start, *end) > 0.0)
        .map(|(start, end)| {
            let long = distance(start, end);
            let (cos, sin) = ((end.0 - start.0) / long, (end.1 - start.1) / long);
            let along = extent(hull, (cos, sin));
            let across = extent(hull, (-sin, cos));
            ((sin, cos), along * across)
        })
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(angle, _)| angle)
}

fn pieces(hull: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    hull.iter()
        .zip(hull.iter().cycle().skip(1))
        .map(|(start, end)| (*start, *end))
}

fn extent(hull: &[Point], direction: Point) -> f32 {
    let along = hull.iter().map(|p| dot(*p, direction));
    let (least, most) = along.fold((f32::MAX, f32::MIN), |(least, most), at| {
        (least.min(at), most.max(at))
    });
    most - least
}

/// The line through the pieces of the hull that face this way. Twice: the second time without the third that lies farthest inside,
/// for what lies inside is a corner or a gap.
fn side(hull: &[Point], normal: Point) -> Line {
    let mut points: Vec<Point> = Vec::new();
    for (start, end) in pieces(hull) {
        let long = distance(start, end).max(f32::MIN_POSITIVE);
        let out = ((end.1 - start.1) / long, -(end.0 - start.0) / long);
        if dot(out, normal) > LEANING {
            let mut at = 0.0;
            while at <= long {
                let part = at / long;
                points.push((
                    start.0 + (end.0 - start.0) * part,
                    start.1 + (end.1 - start.1) * part,
                ));
                at += STEP;
            }
        }
    }
    let farthest = hull.iter().map(|p| dot(*p, normal)).fold(f32::MIN, f32::max);
    let Some(first) = through(&points, normal) else {
        return Line {
            normal,
            from_zero: farthest,
        };
    };
    points.sort_by(|a, b| dot(*b, first.normal).total_cmp(&dot(*a, first.normal)));
    points.truncate(points.len() - points.len() / 3);
    through(&points, normal).unwrap_or(first)
}

/// The line that points lie nearest to (total least squares); None of fewer than two points.
fn through(points: &[Point], normal: Point) -> Option<Line> {
    let count = u16::try_from(points.len()).ok().filter(|count| *count > 1)?;
    let count = f32::from(count);
    let sum = points.iter().fold((0.0, 0.0), |s, p| (s.0 + p.0, s.1 + p.1));
    let middle = (sum.0 / count, sum.1 / count);
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for point in points {
        let (x, y) = (point.0 - middle.0, point.1 - middle.1);
        xx += x * x;
        xy += x * y;
        yy += y * y;
    }
    let angle = 0.5 * (2.0 * xy).atan2(xx - yy);
    let (sin, cos) = angle.sin_cos();
    let out = if dot((-sin, cos), normal) > 0.0 {
        (-sin, cos)
    } else {
        (sin, -cos)
    };
    (dot(out, normal) > LEANING).then(|| Line {
        normal: out,
        from_zero: dot(middle, out),
    })
}

fn meeting(a: Line, b: Line) -> Option<Point> {
    let area = a.normal.0 * b.normal.1 - a.normal.1 * b.normal.0;
    (area.abs() > 0.2).then(|| {
        (
            (a.from_zero * b.normal.1 - b.from_zero * a.normal.1) / area,
            (b.from_zero * a.normal.0 - a.from_zero * b.normal.0) / area,
        )
    })
}

fn dot(a: Point, b: Point) -> f32 {
    a.0 * b.0 + a.1 * b.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_corner_is_put_back() {
        // A leaning square of side 40 round (50, 50), one corner cut by four.
        let (sin, cos) = 0.3_f32.sin_cos();
        let turned = |(x, y): Point| (50.0 + x * cos - y * sin, 50.0 + x * sin + y * cos);
        let hull: Vec<Point> = [
            (-20.0, -20.0),
            (16.0, -20.0),
            (20.0, -16.0),
            (20.0, 20.0),
            (-20.0, 20.0),
        ]
        .map(turned)
        .to_vec();
        let found = quad(&hull).unwrap();
        for corner in [(-20.5, -20.5), (20.5, -20.5), (20.5, 20.5), (-20.5, 20.5)].map(turned) {
            let near = found
                .iter()
                .map(|p| distance(*p, corner))
                .fold(f32::MAX, f32::min);
            assert!(near < 0.7, "{corner:?} in {found:?}");
        }
    }

    #[test]
    fn a_line_or_a_place_has_no_sides() {
        assert_eq!(quad(&[]), None);
        assert_eq!(quad(&[(3.0, 3.0)]), None);
    }
}
