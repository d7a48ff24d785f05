//! SDK 0.1.70: `west = {**base, "region": "westus2"}`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::layout::{self, Expression};
use super::{Datum, Field, Module, SubjectId};

impl Module<'_, '_> {
    /// A profile as a dictionary: its bases, then what it says itself.
    ///
    /// A dictionary knows no null: what one base clears, another may bring in. Such a key is taken out.
    pub(super) fn dictionary(&mut self, id: SubjectId, own: &FxHashMap<Field, Datum>) -> Vec<String> {
        let bases = self.bases(id);
        let mut brought: FxHashSet<Field> = FxHashSet::default();
        for base in &bases {
            brought.extend(Field::ALL.into_iter().filter(|field| self.is_inside(*base, *field)));
        }
        let mut items: Vec<(String, Expression)> =
            bases.iter().map(|base| ("**".to_owned(), Expression::atom(self.variable(*base)))).collect();
        for field in Field::ALL.into_iter().filter(|field| own.contains_key(field)) {
            if !self.is_inside(id, field) {
                continue;
            }
            if let Some(value) = own.get(&field) {
                let value = self.value(&self.stem(id), &[field.name()], value);
                items.push((format!("\"{}\": ", field.name()), value));
            }
        }
        let variable = self.variable(id);
        let mut lines = vec![layout::assignment(&variable, &Expression::dict(items))];
        let gone =
            Field::ALL.into_iter().filter(|field| brought.contains(field) && !self.is_inside(id, *field));
        lines.extend(gone.map(|field| format!("del {variable}[\"{}\"]", field.name())));
        lines
    }

    fn is_inside(&self, id: SubjectId, field: Field) -> bool {
        self.wanted.facts.subjects().value(id, field).is_some() && !self.is_beside(id, field)
    }
}
