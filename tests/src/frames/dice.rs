//! Chance from a seed. A crate's generator may change with its version, and the frames with it.

/// SplitMix64: one number after the other from a seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number below the bound.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).expect("64 bits are enough");
        usize::try_from(self.next() % bound).expect("below a usize")
    }

    /// A number from the range, evenly spread.
    #[expect(clippy::cast_precision_loss, reason = "32 bits of chance are enough")]
    pub fn between(&mut self, from: f32, to: f32) -> f32 {
        let part = (self.next() >> 40) as f32 / (1_u64 << 24) as f32;
        from + (to - from) * part
    }

    /// Roughly a normal distribution of mean 0 and deviation 1: the sum of eight even ones.
    #[expect(clippy::cast_precision_loss, reason = "a sum of eight bytes")]
    pub fn normal(&mut self) -> f32 {
        let sum: u32 = self.next().to_le_bytes().iter().map(|b| u32::from(*b)).sum();
        (sum as f32 - 8.0 * 127.5) / 209.0
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}
