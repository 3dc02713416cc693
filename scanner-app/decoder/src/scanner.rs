//! All readers, all views, one answer.

use std::collections::HashSet;

use crate::budget::Budget;
use crate::consensus::Consensus;
use crate::place;
use crate::regions::{Region, regions};
use crate::rule::{Verdict, judge};
use crate::short_bars::stands_alone;
use crate::sighting::{Reader, Sighting};
use crate::stripes::striped;
use crate::symbol::Symbol;
use crate::view::{Filter, View};
use crate::{Decode, Family, GridDecoder, Luma, RxingDecoder};

/// Regions of a frame that are looked at more closely.
const REGIONS: usize = 3;
/// The same of a still picture.
const REGIONS_OF_STILL: usize = 8;

/// Views of a region, the likeliest first.
const FILTERS: [Filter; 9] = [
    Filter::Plain,
    Filter::Doubled,
    Filter::SharpenedDoubled,
    Filter::FlattenedDoubled,
    Filter::Halved,
    Filter::Flattened,
    Filter::SmoothedDoubled,
    Filter::HalvedFlattened,
    Filter::Inverted,
];

/// Reads pictures and frames of a camera with every reader that is built in, and lets the rule decide.
pub struct Scanner {
    readers: Vec<Box<dyn Decode>>,
    consensus: Consensus,
    /// Where in the list of closer looks the next frame begins.
    turn: usize,
}

impl Default for Scanner {
    /// rxing and the grid of a Data Matrix, and zxing-cpp where the feature `second-reader` is on.
    fn default() -> Self {
        #[cfg(all(feature = "second-reader", not(target_family = "wasm")))]
        let more: Vec<Box<dyn Decode>> = vec![Box::new(crate::ZxingDecoder)];
        #[cfg(not(all(feature = "second-reader", not(target_family = "wasm"))))]
        let more: Vec<Box<dyn Decode>> = Vec::new();
        let mut readers: Vec<Box<dyn Decode>> = vec![Box::new(RxingDecoder), Box::new(GridDecoder)];
        readers.extend(more);
        Self::new(readers)
    }
}

impl std::fmt::Debug for Scanner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scanner")
            .field("readers", &self.readers.len())
            .field("turn", &self.turn)
            .finish_non_exhaustive()
    }
}

/// One look: at a region or the whole, through a filter, by one reader.
#[derive(Clone, Copy)]
struct Look {
    region: Option<Region>,
    filter: Filter,
    reader: usize,
    family: Family,
}

/// What has been seen of one picture so far.
struct Search<'a> {
    readers: &'a [Box<dyn Decode>],
    picture: &'a Luma,
    /// The view of the last look: several readers in turn look at the same one.
    last: Option<(Option<Region>, Filter, Option<View>)>,
    sightings: Vec<Sighting>,
}

impl Scanner {
    /// A scanner with these readers, the default one first.
    pub fn new(readers: Vec<Box<dyn Decode>>) -> Self {
        Self {
            readers,
            consensus: Consensus::default(),
            turn: 0,
        }
    }

    /// Reads one frame of a camera. What earlier frames showed too weakly counts when this one shows it again; the closer looks that
    /// this frame's time does not suffice for are begun with at the next.
    pub fn frame(&mut self, picture: &Luma, budget: &Budget) -> Vec<Symbol> {
        self.frame_with(picture, budget, &[])
    }

    /// Reads one frame of which some sightings are there already.
    fn frame_with(&mut self, picture: &Luma, budget: &Budget, seen: &[Sighting]) -> Vec<Symbol> {
        let mut search = Search::of(&self.readers, picture);
        search.sightings.extend_from_slice(seen);
        let regions = regions(picture, REGIONS);
        let first = search.first_looks(&regions, budget);
        let verdict = first.unwrap_or_else(|| {
            let closer = search.closer_looks(&regions);
            let count = closer.len().max(1);
            let from = self.turn % count;
            let mut used = 0;
            let looks = closer.iter().cycle().skip(from).take(closer.len()).copied();
            let verdict = search.until_read(looks.inspect(|_| used += 1), budget);
            // A frame that all looks were had at begins anew.
            self.turn = if used >= closer.len() { 0 } else { from + used };
            verdict.unwrap_or_else(|| judge(&search.sightings))
        });
        self.consensus.next(verdict)
    }

    /// Reads a still picture: every view of it, until one is read.
    pub fn still(&self, picture: &Luma) -> Vec<Symbol> {
        let mut search = Search::of(&self.readers, picture);
        let everything = |filter| {
            (0..self.readers.len()).flat_map(move |reader| {
                Family::ALL.map(|family| Look {
                    region: None,
                    filter,
                    reader,
                    family,
                })
            })
        };
        for filters in [
            [Filter::Plain, Filter::Halved].as_slice(),
            &[Filter::Flattened, Filter::HalvedFlattened, Filter::Inverted],
        ] {
            for look in filters.iter().copied().flat_map(everything) {
                search.look(look);
            }
            let verdict = search.confirmed();
            if !verdict.symbols.is_empty() {
                return verdict.symbols;
            }
        }
        let regions = regions(picture, REGIONS_OF_STILL);
        let budget = Budget::unlimited();
        search
            .first_looks(&regions, &budget)
            .or_else(|| search.until_read(search.closer_looks(&regions), &budget))
            .map(|verdict| verdict.symbols)
            .unwrap_or_default()
    }

    /// Forgets earlier frames: the camera is turned to something else.
    pub fn forget(&mut self) {
        self.consensus.forget();
        self.turn = 0;
    }
}

impl<'a> Search<'a> {
    fn of(readers: &'a [Box<dyn Decode>], picture: &'a Luma) -> Self {
        Self {
            readers,
            picture,
            last: None,
            sightings: Vec::new(),
        }
    }

    fn look(&mut self, look: Look) {
        let known = self
            .last
            .as_ref()
            .is_some_and(|(region, filter, _)| *region == look.region && *filter == look.filter);
        if !known {
            let view = View::of(self.picture, look.region, look.filter);
            self.last = Some((look.region, look.filter, view));
        }
        let Some((_, _, Some(view))) = &self.last else {
            return;
        };
        let seen = self.readers[look.reader].sightings(&view.picture, look.family);
        let whole = seen
            .into_iter()
            .filter(|s| !s.short || stands_alone(&view.picture, &s.symbol));
        let placed = whole.map(|s| s.moved(|corner| view.in_whole(corner)));
        self.sightings.extend(placed);
    }

    /// Each region once, for the family that it looks like, by one reader after the other until it is read: a label may bear several
    /// symbols. Matrix symbols are looked at smoothed, bars as they are. Where no region is read, the whole at half its size, which is
    /// quick, and then the regions for the other family.
    fn first_looks(&mut self, regions: &[Region], budget: &Budget) -> Option<Verdict> {
        let likely: Vec<(Region, [Family; 2])> = regions
            .iter()
            .map(|region| {
                let [matrix, linear] = Family::ALL;
                let bars = striped(self.picture, *region);
                (*region, if bars { [linear, matrix] } else { [matrix, linear] })
            })
            .collect();
        let filter = |family| match family {
            Family::Matrix => Filter::Smoothed,
            Family::Linear => Filter::Plain,
        };
        self.confirmed();
        for (region, [family, _]) in &likely {
            let looks = self.in_turn(Some(*region), filter(*family), *family);
            self.until_read(looks, budget);
        }
        // What one region says may be disputed by what is seen in the next.
        let verdict = judge(&self.sightings);
        if !verdict.symbols.is_empty() {
            return Some(verdict);
        }
        let whole = Family::ALL
            .into_iter()
            .flat_map(|family| self.in_turn(None, Filter::Halved, family).take(1));
        let other = likely
            .iter()
            .flat_map(|(region, [_, family])| self.in_turn(Some(*region), filter(*family), *family));
        let looks: Vec<Look> = whole.chain(other).collect();
        self.until_read(looks, budget)
    }

    /// One look by every reader of that family, the last one first: the second reader is the quicker one.
    fn in_turn(
        &self,
        region: Option<Region>,
        filter: Filter,
        family: Family,
    ) -> impl Iterator<Item = Look> + use<'a> {
        let readers = self.readers.iter().enumerate().rev();
        let able = readers.filter(move |(_, reader)| reader.reads(family));
        able.map(move |(reader, _)| Look {
            region,
            filter,
            reader,
            family,
        })
    }

    /// The regions through each filter, and the whole as it is, by every reader.
    fn closer_looks(&self, regions: &[Region]) -> Vec<Look> {
        let mut looks = Vec::new();
        for filter in FILTERS {
            for region in regions {
                for family in Family::ALL {
                    looks.extend(self.in_turn(Some(*region), filter, family));
                }
            }
        }
        for family in Family::ALL {
            looks.extend(self.in_turn(None, Filter::Plain, family));
        }
        looks
    }

    /// Looks until a symbol is read that was not read before: that one region is read says nothing of the next.
    fn until_read(&mut self, looks: impl IntoIterator<Item = Look>, budget: &Budget) -> Option<Verdict> {
        let known = judge(&self.sightings);
        let mut looks = looks.into_iter();
        // The time is asked for first: a look that is not taken counts as none.
        while !budget.spent()
            && let Some(look) = looks.next()
        {
            let before = self.sightings.len();
            self.look(look);
            if self.sightings.len() > before && judge(&self.sightings).says_more_than(&known) {
                let verdict = self.confirmed();
                if verdict.says_more_than(&known) {
                    return Some(verdict);
                }
            }
        }
        None
    }

    /// The verdict after a second witness has seen what the first one read, or all have looked at its place.
    fn confirmed(&mut self) -> Verdict {
        let verdict = judge(&self.sightings);
        for symbol in &verdict.symbols {
            let Some(region) = around(symbol, self.picture) else {
                continue;
            };
            for (reader, decode) in self.readers.iter().enumerate().rev() {
                let sightings = self.sightings.iter();
                let said: HashSet<Reader> = sightings
                    .filter(|sighting| sighting.symbol.says_as(symbol))
                    .map(|sighting| sighting.reader)
                    .collect();
                let witnesses: HashSet<Reader> = said.iter().map(|reader| reader.witness()).collect();
                if decode.knows(symbol.format) && !said.contains(&decode.reader()) && witnesses.len() < 2 {
                    let mut closer = Search::of(self.readers, self.picture);
                    closer.look(Look {
                        region: Some(region),
                        filter: Filter::Plain,
                        reader,
                        family: Family::of(symbol.format),
                    });
                    self.sightings.extend(closer.sightings);
                }
            }
        }
        judge(&self.sightings)
    }
}

/// A symbol's place with some quiet zone.
fn around(symbol: &Symbol, picture: &Luma) -> Option<Region> {
    let [left, top, right, bottom] = place::bounds(&symbol.corners)?;
    let margin = 12.0 + (right - left).max(bottom - top) / 8.0;
    let within = |at: f32, side: u32| pixel(at.max(0.0)).min(side);
    let (from_x, from_y) = (
        within(left - margin, picture.width()),
        within(top - margin, picture.height()),
    );
    let (to_x, to_y) = (
        within(right + margin, picture.width()),
        within(bottom + margin, picture.height()),
    );
    Some(Region {
        left: from_x,
        top: from_y,
        width: to_x - from_x,
        height: to_y - from_y,
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "not below zero; beyond 32 bits it saturates"
)]
fn pixel(at: f32) -> u32 {
    at as u32
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use super::*;
    use crate::{Corner, Format};

    /// Who looked, for what, at how wide a picture.
    type Log = Arc<Mutex<Vec<(Reader, Family, u32)>>>;

    /// Writes down that it looked, and sees the same wherever it looks.
    struct Looking {
        reader: Reader,
        log: Log,
        sees: Vec<Sighting>,
        only: Option<Family>,
    }

    impl Decode for Looking {
        fn reader(&self) -> Reader {
            self.reader
        }

        fn knows(&self, _: Format) -> bool {
            true
        }

        fn reads(&self, family: Family) -> bool {
            self.only.is_none_or(|only| only == family)
        }

        fn sightings(&self, view: &Luma, family: Family) -> Vec<Sighting> {
            let seen = (self.reader, family, view.width());
            self.log.lock().unwrap().push(seen);
            self.sees.clone()
        }
    }

    fn looking(reader: Reader, log: &Log, sees: &[Sighting]) -> Box<dyn Decode> {
        Box::new(Looking {
            reader,
            log: Arc::clone(log),
            sees: sees.to_vec(),
            only: (reader == Reader::Grid).then_some(Family::Matrix),
        })
    }

    /// A square symbol from one place to another, of which nobody can tell whether it is right.
    fn seen(reader: Reader, format: Format, text: &str, rows: u32, [from, to]: [f32; 2]) -> Sighting {
        let corner = |x, y| Corner { x, y };
        Sighting {
            symbol: Symbol {
                symbology: "]X0".to_owned(),
                text: text.to_owned(),
                format,
                corners: vec![
                    corner(from, from),
                    corner(to, from),
                    corner(to, to),
                    corner(from, to),
                ],
            },
            reader,
            rows,
            short: false,
        }
    }

    fn texts(symbols: &[Symbol]) -> Vec<&str> {
        symbols.iter().map(|symbol| symbol.text.as_str()).collect()
    }

    /// A picture with one region, to the lower right.
    fn one_region() -> Luma {
        let shade = |(x, y): (u32, u32)| {
            if x < 96 || y < 96 || (x / 6 + y / 6).is_multiple_of(2) {
                200
            } else {
                20
            }
        };
        let pixels = (0..160).flat_map(|y| (0..160).map(move |x| (x, y))).map(shade);
        let picture = Luma::new(160, 160, pixels.collect()).unwrap();
        assert_eq!(regions(&picture, REGIONS).len(), 1);
        picture
    }

    /// Time is asked for so often: before each look, and where a list of looks is at its end.
    fn asked(most: u64) -> Budget<'static> {
        let times = Cell::new(0);
        Budget::new(Duration::from_secs(most), move || {
            Duration::from_secs(times.replace(times.get() + 1))
        })
    }

    #[test]
    fn with_time_for_one_closer_look_a_frame_every_look_has_its_turn() {
        let log = Log::default();
        let readers = [Reader::Rxing, Reader::ZxingCpp].map(|reader| looking(reader, &log, &[]));
        let mut scanner = Scanner::new(readers.into());
        let empty = Luma::new(64, 64, vec![200; 64 * 64]).unwrap();
        // Two looks at the halved whole come first in each frame; then four looks at the whole are to be had.
        for _ in 0..4 {
            scanner.frame(&empty, &asked(4));
        }
        let log = log.lock().unwrap();
        let mut closer = log.iter().filter(|(_, _, width)| *width == 64);
        for family in Family::ALL {
            for reader in [Reader::ZxingCpp, Reader::Rxing] {
                assert_eq!(closer.next(), Some(&(reader, family, 64)));
            }
        }
        assert_eq!(closer.next(), None);
    }

    #[test]
    fn what_is_read_elsewhere_does_not_end_the_look_at_a_region() {
        let log = Log::default();
        let weak = |reader| seen(reader, Format::Code128, "WEAK", 2, [40.0, 60.0]);
        let both = [Reader::Rxing, Reader::ZxingCpp];
        let readers = both.map(|reader| looking(reader, &log, &[weak(reader)]));
        let read = both.map(|reader| seen(reader, Format::DataMatrix, "READ", 1, [2.0, 20.0]));
        let mut scanner = Scanner::new(readers.into());
        let found = scanner.frame_with(&one_region(), &Budget::unlimited(), &read);
        assert_eq!(texts(&found), ["READ", "WEAK"]);
    }

    #[test]
    fn what_is_disputed_later_is_no_reading() {
        let log = Log::default();
        let matrix = |text| seen(Reader::Rxing, Format::DataMatrix, text, 1, [0.0, 160.0]);
        let mut scanner = Scanner::new(vec![looking(Reader::Rxing, &log, &[matrix("ONE")])]);
        let found = scanner.frame_with(&one_region(), &Budget::unlimited(), &[matrix("OTHER")]);
        assert_eq!(texts(&found), Vec::<&str>::new());
    }

    #[test]
    fn nobody_is_asked_for_what_it_cannot_read() {
        let log = Log::default();
        let readers = [Reader::Rxing, Reader::Grid].map(|reader| looking(reader, &log, &[]));
        let mut scanner = Scanner::new(readers.into());
        let empty = Luma::new(64, 64, vec![200; 64 * 64]).unwrap();
        scanner.frame(&empty, &Budget::unlimited());
        let log = log.lock().unwrap();
        // The halved whole by the quickest reader of each family, then the whole by all.
        let expected = [
            (Reader::Grid, Family::Matrix, 32),
            (Reader::Rxing, Family::Linear, 32),
            (Reader::Grid, Family::Matrix, 64),
            (Reader::Rxing, Family::Matrix, 64),
            (Reader::Rxing, Family::Linear, 64),
        ];
        assert_eq!(*log, expected);
    }
}
