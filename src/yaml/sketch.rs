//! A number for what a node says, to find those that say the same among many without comparing each with each.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::tree::{Data, NodeId, Tree};

impl Tree {
    /// The same number for two nodes of which [`Self::same`] holds (as long as no mapping has a key twice), and most
    /// likely another for two others. It looks at a value and what is in it, and no deeper.
    pub fn sketch(&self, id: NodeId) -> u64 {
        let mut hasher = FxHasher::default();
        self.scalar(id).hash(&mut hasher);
        match self.data(id) {
            Data::Seq(_) => self.items(id).iter().for_each(|item| self.scalar(*item).hash(&mut hasher)),
            // In any order.
            Data::Map(_) => {
                let entries = self.entries(id).iter();
                let each = entries.map(|entry| {
                    let mut hasher = FxHasher::default();
                    (self.key(entry.key), self.scalar(entry.value)).hash(&mut hasher);
                    hasher.finish()
                });
                each.fold(0, u64::wrapping_add).hash(&mut hasher);
            }
            _ => return self.scalar(id),
        }
        hasher.finish()
    }

    /// The same for a scalar, and for a collection by its kind alone.
    fn scalar(&self, id: NodeId) -> u64 {
        let mut hasher = FxHasher::default();
        match *self.data(id) {
            Data::Bool(bool) => (1_u8, bool).hash(&mut hasher),
            // A whole number is the same as one with a point.
            #[allow(clippy::cast_precision_loss)]
            Data::Int(int) => (2_u8, (int as f64 + 0.0).to_bits()).hash(&mut hasher),
            Data::Float(float) => (2_u8, (float + 0.0).to_bits()).hash(&mut hasher),
            Data::Str(..) => (3_u8, self.str(id)).hash(&mut hasher),
            Data::Null => 4_u8.hash(&mut hasher),
            Data::Seq(_) => 5_u8.hash(&mut hasher),
            Data::Map(_) => 6_u8.hash(&mut hasher),
            Data::Alias(_) | Data::Unknown => 7_u8.hash(&mut hasher),
        }
        hasher.finish()
    }
}

#[cfg(test)]
mod tests {
    use crate::source::Source;
    use crate::yaml;

    #[test]
    fn what_says_the_same_has_the_same_number() {
        let text = "- a\n- 'a'\n- 2\n- 2.0\n- -0.0\n- 0\n- [a, {b: [c]}]\n- ['a', {b: ['c']}]\n- {a: 1, b: [x]}\n\
                    - {b: [x], a: 1.0}\n- null\n- ~\n- \"2\"\n- {b: 1, a: [x]}\n- []\n- {}\n- true\n- [b, a]\n- [a, b]\n";
        let tree = yaml::parse(&Source::new("a", format!("x:\n{text}"))).0;
        let Some(tree) = tree else { unreachable!("the text is sound") };
        let Some(list) = tree.entry(tree.root(), "x") else { unreachable!("it is there") };
        let items = tree.items(list.value);
        for one in items {
            for other in items {
                let is_same = tree.sketch(*one) == tree.sketch(*other);
                let shown = [one, other].map(|node| tree.source().slice(tree.span(*node)));
                assert_eq!(is_same, tree.same(*one, *other), "{shown:?}");
            }
        }
    }
}
