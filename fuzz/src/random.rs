//! Chance that the fuzzer decides: its bytes choose, and when they are used up, a fixed sequence goes on.

use arbitrary::Unstructured;

pub struct Random {
    bytes: Vec<u8>,
    used: usize,
    then: u64,
}

impl Random {
    pub fn new(bytes: &[u8]) -> Self {
        Self { bytes: bytes.to_vec(), used: 0, then: 1 }
    }

    /// Whether there are bytes left to decide by.
    pub fn is_decided(&self) -> bool {
        self.used < self.bytes.len()
    }

    /// A number from 0 to below the limit.
    pub fn below(&mut self, limit: usize) -> usize {
        let mut rest = Unstructured::new(self.bytes.get(self.used..).unwrap_or_default());
        let before = rest.len();
        if before > 0
            && let Ok(chosen) = rest.choose_index(limit.max(1))
        {
            // A choice between one thing takes no byte.
            self.used += before - rest.len();
            return chosen;
        }
        self.then = self.then.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.then >> 33).unwrap_or_default() % limit.max(1)
    }

    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}
