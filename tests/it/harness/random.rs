//! Chance that repeats: the same numbers in every run.

/// Numbers that decide: of a fixed sequence, or a list that can be made shorter and smaller.
pub struct Random(Numbers);

enum Numbers {
    Sequence(u64),
    List(std::vec::IntoIter<u16>),
}

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(Numbers::Sequence(seed))
    }

    /// Chance by a list, and always 0 when it is used up: so what fails is small if the list is.
    pub fn of(list: Vec<u16>) -> Self {
        Self(Numbers::List(list.into_iter()))
    }

    /// A number from 0 to below the limit.
    pub fn below(&mut self, limit: usize) -> usize {
        let number = match &mut self.0 {
            Numbers::Sequence(state) => {
                *state =
                    state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                usize::try_from(*state >> 33).unwrap()
            }
            Numbers::List(list) => list.next().unwrap_or_default().into(),
        };
        number % limit.max(1)
    }

    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}
