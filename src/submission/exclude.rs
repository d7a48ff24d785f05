//! What `exclude` takes out of a matrix.

use rustc_hash::FxHashSet;

use super::expand::Axis;
use crate::yaml::{NodeId, Tree};

/// What the items of `exclude` name of the combinations of some axes.
#[derive(Debug)]
pub struct Exclusions {
    /// Whether each combination is named, by its number.
    pub is_excluded: Vec<bool>,
    /// The items that name none, in their order.
    pub idle: Vec<NodeId>,
}

/// Of each axis the values that an item names, by their places; all of them where it says nothing of the axis.
type Choice = Vec<Option<Vec<usize>>>;

impl Exclusions {
    /// Looks at each item once, not at each combination for each item: of the axes that an item names it says which
    /// values, and items that say the same are one.
    pub fn new(tree: &Tree, axes: &[Axis], count: usize, exclude: NodeId) -> Self {
        let mut exclusions = Self { is_excluded: vec![false; count], idle: Vec::new() };
        let mut seen = FxHashSet::default();
        for item in tree.items(exclude) {
            match choice(tree, axes, *item) {
                None => exclusions.idle.push(*item),
                Some(choice) => {
                    if !seen.contains(&choice) {
                        for number in numbers(tree, axes, &choice) {
                            exclusions.is_excluded.get_mut(number).into_iter().for_each(|is| *is = true);
                        }
                        seen.insert(choice);
                    }
                }
            }
        }
        exclusions
    }
}

/// What an item names; nothing if no combination has all of it.
fn choice(tree: &Tree, axes: &[Axis], item: NodeId) -> Option<Choice> {
    let named = tree.entries(item);
    let mut choice: Choice = vec![None; axes.len()];
    for entry in named {
        let name = tree.key(entry.key);
        let at = axes.iter().position(|axis| axis.field.name() == name)?;
        let values = tree.items(axes.get(at)?.entry.value).iter().enumerate();
        let slot = choice.get_mut(at)?;
        let is_named = |place: usize, value: NodeId| {
            slot.as_ref().is_none_or(|named| named.contains(&place)) && tree.same(value, entry.value)
        };
        let places: Vec<usize> =
            values.filter(|(place, value)| is_named(*place, **value)).map(|(place, _)| place).collect();
        if places.is_empty() {
            return None;
        }
        *slot = Some(places);
    }
    (!named.is_empty()).then_some(choice)
}

/// The numbers of the combinations that a choice has: the last axis runs fastest.
fn numbers(tree: &Tree, axes: &[Axis], choice: &Choice) -> Vec<usize> {
    axes.iter().zip(choice).fold(vec![0], |numbers, (axis, places)| {
        let length = tree.items(axis.entry.value).len();
        let all = || (0..length).collect();
        let places: Vec<usize> = places.clone().unwrap_or_else(all);
        numbers.iter().flat_map(|number| places.iter().map(move |place| number * length + place)).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::super::{axes, combination, combinations};
    use super::*;
    use crate::source::Source;
    use crate::yaml;

    /// By the words of the contract: a combination is excluded if it has all that an item names.
    fn read_literally(tree: &Tree, axes: &[Axis], count: usize, exclude: NodeId) -> (Vec<bool>, Vec<NodeId>) {
        let names = |item: NodeId, number: usize| {
            let values = combination(tree, axes, number);
            let named = tree.entries(item);
            !named.is_empty()
                && named.iter().all(|entry| {
                    let is_it = |name: &str| name == tree.key(entry.key);
                    values
                        .iter()
                        .any(|(field, value)| is_it(field.name()) && tree.same(value.value, entry.value))
                })
        };
        let items = tree.items(exclude);
        let is_excluded = (0..count).map(|number| items.iter().any(|item| names(*item, number))).collect();
        let idle = items.iter().copied().filter(|item| !(0..count).any(|number| names(*item, number)));
        (is_excluded, idle.collect())
    }

    #[test]
    fn what_is_named_is_excluded() {
        for (matrix, exclude) in [
            (
                "{nodes: [1, 2], timeLimit: [5, 6, 7]}",
                "[{nodes: 1, timeLimit: 6}, {timeLimit: 7}, {nodes: 3}, {}]",
            ),
            ("{nodes: [1, 2]}", "[{timeLimit: 5}, {nodes: 1, timeLimit: 5}, {nodes: 2.0}, null, 7]"),
            (
                "{nodes: [1, 1, 2], env: [{A: b}, {A: c}]}",
                "[{nodes: 1, env: {A: b}}, {env: {A: c}}, {env: {A: d}}]",
            ),
            (
                "{profile: [a, b], gpuType: [[x, y], z], nodes: [1, 2, 3]}",
                "[{gpuType: [x, y]}, {profile: b, nodes: 3}, {profile: b, nodes: 3}]",
            ),
            ("{nodes: [1]}", "[{nodes: 1}]"),
        ] {
            let text = format!("matrix: {matrix}\nexclude: {exclude}\n");
            let tree = yaml::parse(&Source::new("a", text)).0;
            let Some(tree) = tree else { unreachable!("the text is sound") };
            let value = |key| tree.entry(tree.root(), key).map(|entry| entry.value);
            let (Some(matrix_node), Some(exclude_node)) = (value("matrix"), value("exclude")) else {
                unreachable!("both are there")
            };
            let axes = axes(&tree, matrix_node);
            let count = combinations(&tree, &axes).unwrap_or_default();
            let found = Exclusions::new(&tree, &axes, count, exclude_node);
            let wanted = read_literally(&tree, &axes, count, exclude_node);
            assert_eq!((found.is_excluded, found.idle), wanted, "{matrix} {exclude}");
        }
    }
}
