//! Which size of symbol lies how in a quadrangle: the finder pattern tells.

use super::plane::{Onto, Point, Quad, distance, real, shade, shades};
use super::size::{Known, LANES, Pattern, SIZES, Size};
use crate::Luma;

/// Pixels of a module below which nothing is seen.
const SMALLEST: f32 = 1.4;
/// How far the sides may differ from those of a size.
const SQUINT: f32 = 1.45;
/// Fits that are moved until they are best.
const TRIED: usize = 5;
/// Likeness after the first steps below which the smaller ones are not made, of 2: text is no more alike.
const HOPEFUL: f32 = 0.7;
/// Likeness that leaves no doubt, of 2.
const CERTAIN: f32 = 1.5;
/// Likeness of the whole pattern and of its alternating sides below which nothing is read.
const LEAST: f32 = 0.5;

/// A size of symbol laid into the picture.
#[derive(Debug, Clone)]
pub struct Fit {
    pub size: Size,
    /// The corners; the first is that between the two alternating sides' beginnings: upper left.
    pub quad: Quad,
    pub likeness: f32,
}

/// The best fits in a quadrangle or near it, the best first.
pub fn fits(soft: &Luma, quad: &Quad, most: usize) -> Vec<Fit> {
    let turns = turns(soft, quad);
    let mut fits: Vec<Fit> = Vec::new();
    for size in SIZES {
        let pattern = size.pattern();
        for turned in turns.iter().filter(|turned| suits(size, turned)) {
            if let Some(likeness) = likeness(soft, turned, pattern) {
                fits.push(Fit {
                    size,
                    quad: *turned,
                    likeness,
                });
            }
        }
    }
    best(&mut fits, TRIED);
    for at in 0..fits.len() {
        let fit = &mut fits[at];
        let pattern = fit.size.pattern();
        climb(fit, &[0.6], |quad| likeness(soft, quad, pattern));
        if fit.likeness < HOPEFUL {
            continue;
        }
        climb(fit, &[0.3], |quad| likeness(soft, quad, pattern));
        if fit.likeness > CERTAIN {
            fits.swap(0, at);
            fits.truncate(1);
            break;
        }
    }
    best(&mut fits, most);
    fits.retain(|fit| fit.likeness > 2.0 * LEAST);
    for fit in &mut fits {
        let pattern = fit.size.pattern();
        climb(fit, &[0.15], |quad| likeness(soft, quad, pattern));
    }
    fits
}

/// The two likeliest of the four ways to lay a symbol into a quadrangle: its left and lower sides are the darkest.
fn turns(soft: &Luma, quad: &Quad) -> [Quad; 2] {
    /// Places along a side, and how far inside of the quadrangle.
    const PLACES: usize = 24;
    const INSIDE: f32 = 0.03;
    let mut turns = [0, 1, 2, 3].map(|turn| {
        let mut turned = *quad;
        turned.rotate_left(turn);
        let onto = Onto::of(&turned);
        let light: f32 = (0..PLACES)
            .filter_map(|at| {
                let along = (real(at) + 0.5) / real(PLACES);
                let onto = onto.as_ref()?;
                let (left, lower) = (onto.place(INSIDE, along), onto.place(along, 1.0 - INSIDE));
                Some(shade(soft, left) + shade(soft, lower))
            })
            .sum();
        (turned, light)
    });
    turns.sort_by(|a, b| a.1.total_cmp(&b.1));
    [turns[0].0, turns[1].0]
}

fn best(fits: &mut Vec<Fit>, most: usize) {
    fits.sort_by(|a, b| b.likeness.total_cmp(&a.likeness));
    fits.truncate(most);
}

/// Whether the sides are of about the right length.
fn suits(size: Size, quad: &Quad) -> bool {
    let wide = f32::midpoint(distance(quad[0], quad[1]), distance(quad[3], quad[2])) / real(size.columns);
    let tall = f32::midpoint(distance(quad[0], quad[3]), distance(quad[1], quad[2])) / real(size.rows);
    wide.min(tall) >= SMALLEST && wide / tall < SQUINT && tall / wide < SQUINT
}

/// Moves corners and sides by such parts of a module, as long as the fit becomes better.
pub fn climb(fit: &mut Fit, steps: &[f32], likeness: impl Fn(&Quad) -> Option<f32>) {
    /// Rounds for each step: more bring little.
    const ROUNDS: usize = 3;
    /// Corners that move together: each alone, then each side.
    const TOGETHER: [(usize, usize); 8] = [(0, 0), (1, 1), (2, 2), (3, 3), (0, 1), (1, 2), (2, 3), (3, 0)];
    for step in steps {
        for _ in 0..ROUNDS {
            let before = fit.likeness;
            for (a, b) in TOGETHER {
                for direction in directions(&fit.quad, fit.size, *step) {
                    let mut moved = fit.quad;
                    moved[a] = sum(moved[a], direction);
                    if a != b {
                        moved[b] = sum(moved[b], direction);
                    }
                    if let Some(better) = likeness(&moved).filter(|found| *found > fit.likeness) {
                        fit.quad = moved;
                        fit.likeness = better;
                    }
                }
            }
            if fit.likeness <= before {
                break;
            }
        }
    }
}

/// Forth and back along both sides, by a part of a module.
fn directions(quad: &Quad, size: Size, step: f32) -> [Point; 4] {
    let along = |a: usize, b: usize, count: usize| {
        let part = step / real(count);
        ((quad[b].0 - quad[a].0) * part, (quad[b].1 - quad[a].1) * part)
    };
    let (u, v) = (along(3, 2, size.columns), along(0, 3, size.rows));
    [u, (-u.0, -u.1), v, (-v.0, -v.1)]
}

fn sum(a: Point, b: Point) -> Point {
    (a.0 + b.0, a.1 + b.1)
}

/// How like the pattern the picture is there: -2 to 2. The alternating sides count as much as everything, for they tell the size.
fn likeness(soft: &Luma, quad: &Quad, pattern: &Pattern) -> Option<f32> {
    let onto = Onto::of(quad)?;
    let mut seen = Correlation::default();
    seen.add(soft, &onto, &pattern.alternating);
    let alternating = seen.value();
    seen.add(soft, &onto, &pattern.others);
    Some(seen.value() + alternating)
}

/// Correlation of dark and light with shades, in lanes.
#[derive(Default)]
pub struct Correlation {
    count: [f32; LANES],
    light: [f32; LANES],
    shades: [f32; LANES],
    squares: [f32; LANES],
    light_shades: [f32; LANES],
}

impl Correlation {
    /// Adds the shades where the modules lie.
    pub fn add(&mut self, soft: &Luma, onto: &Onto, modules: &[Known]) {
        for known in modules {
            let (x, y) = onto.places(&known.u, &known.v);
            self.add_shades(known, &shades(soft, x, y));
        }
    }

    fn add_shades(&mut self, known: &Known, shades: &[f32; LANES]) {
        for (at, shade) in shades.iter().enumerate() {
            let shade = shade * known.there[at];
            self.count[at] += known.there[at];
            self.light[at] += known.light[at];
            self.shades[at] += shade;
            self.squares[at] += shade * shade;
            self.light_shades[at] += shade * known.light[at];
        }
    }

    /// -1 to 1; 0 where there is nothing to compare.
    pub fn value(&self) -> f32 {
        let sum = |lanes: &[f32; LANES]| lanes.iter().sum::<f32>();
        let (count, light, shades) = (sum(&self.count), sum(&self.light), sum(&self.shades));
        let shared = count * sum(&self.light_shades) - light * shades;
        let lights = light * (count - light);
        let spread = (lights * (count * sum(&self.squares) - shades * shades))
            .max(0.0)
            .sqrt();
        if spread > 1.0 { shared / spread } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_goes_from_one_to_minus_one() {
        let of = |pairs: &[(bool, f32)]| {
            let mut correlation = Correlation::default();
            for (dark, shade) in pairs {
                let [known] = <[Known; 1]>::try_from(Known::of(&[((0.0, 0.0), *dark)])).unwrap();
                correlation.add_shades(&known, &[*shade; LANES]);
            }
            correlation.value()
        };
        assert!((of(&[(true, 10.0), (false, 90.0), (true, 10.0)]) - 1.0).abs() < 0.001);
        assert!((of(&[(true, 90.0), (false, 10.0), (true, 90.0)]) + 1.0).abs() < 0.001);
        assert!(of(&[(true, 50.0), (false, 50.0)]).abs() < 0.001);
        assert!(of(&[]).abs() < 0.001);
    }

    #[test]
    fn a_drawn_pattern_is_found_again_from_beside_it() {
        let size = SIZES[2];
        let pixels = (0..160 * 160_usize).map(|at| {
            let (x, y) = (at % 160, at / 160);
            let inside = (35..125).contains(&x) && (35..125).contains(&y);
            match (
                inside,
                inside.then(|| size.known((y - 35) / 5, (x - 35) / 5)).flatten(),
            ) {
                (true, Some(true)) => 30,
                (true, None) => 120,
                _ => 220,
            }
        });
        let picture = Luma::new(160, 160, pixels.collect()).unwrap();
        // A quarter turn away, and a few pixels beside it.
        let start = [(124.0, 37.0), (126.5, 122.0), (38.0, 126.0), (33.0, 36.5)];
        let found = fits(&picture.smoothed(), &start, 1);
        assert_eq!(found[0].size, size);
        for (corner, expected) in
            found[0]
                .quad
                .iter()
                .zip([(35.0, 35.0), (125.0, 35.0), (125.0, 125.0), (35.0, 125.0)])
        {
            assert!(distance(*corner, expected) < 2.0, "{:?}", found[0]);
        }
    }
}
