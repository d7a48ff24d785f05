//! `anycloud-lint catalog`: the tables, filtered, for people and as JSON.

mod items;
mod select;
mod table;

use std::fmt::Write as _;

use clap::ValueEnum;
use serde_json::{Value, json};

use self::items::Items;
use self::select::Selection;
use super::output::{self, Format};
use super::{CLEAN, Failure};
use crate::catalog::{Catalog, Provider};

/// The arguments of `catalog`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What to list
    #[arg(value_enum)]
    kind: Kind,
    /// Only of this provider
    #[arg(long)]
    provider: Option<String>,
    /// Only what is offered in this region
    #[arg(long)]
    region: Option<String>,
    /// Only what has this GPU, such as `h100` or `h100:8`
    #[arg(long)]
    gpu: Option<String>,
    /// Only what offers this VM type
    #[arg(long)]
    vm_type: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// The tables that can be shown.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Regions,
    VmTypes,
    Gpus,
    Zones,
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let catalog = Catalog::builtin();
    let selection = Selection::read(&catalog, args)?;
    let items = |provider: Provider| (provider, selection.items(args.kind, provider));
    let sections: Vec<_> = selection.providers.iter().map(items).collect();
    let text = match args.format {
        Format::Human => human(&selection, &sections),
        Format::Json => json(&catalog, args.kind, &sections),
    };
    output::print(text.as_bytes())?;
    Ok(CLEAN)
}

fn human(selection: &Selection<'_>, sections: &[(Provider, Items)]) -> String {
    let mut out = String::new();
    for (provider, items) in sections {
        let notes = match items {
            Items::VmTypes(_) => selection.notes_on_attachable(*provider),
            _ => Vec::new(),
        };
        if !items.is_empty() || !notes.is_empty() {
            section(selection.catalog, &mut out, *provider, items, &notes);
        }
    }
    if out.is_empty() {
        for (provider, items) in sections {
            if let Some(note) = selection.note_on_elsewhere(*provider) {
                section(selection.catalog, &mut out, *provider, items, &[note]);
            }
        }
    }
    if out.is_empty() {
        out.push_str("Nothing in the catalog matches.\n");
    }
    out
}

/// One provider's table, with the date and the notes.
fn section(catalog: &Catalog, out: &mut String, provider: Provider, items: &Items, notes: &[String]) {
    let facts = catalog.facts(provider);
    let gap = if out.is_empty() { "" } else { "\n" };
    let date = if facts.as_of.is_empty() { String::new() } else { format!(", as of {}", facts.as_of) };
    let doubt = if facts.vm_types_complete { "" } else { ", incomplete" };
    let _ = writeln!(out, "{gap}{provider}{date}{doubt}: {}", items.count());
    out.push_str(&items.table());
    for note in notes {
        out.push_str(&table::paragraph(note));
    }
}

fn json(catalog: &Catalog, kind: Kind, sections: &[(Provider, Items)]) -> String {
    let sections: Vec<Value> = sections
        .iter()
        .map(|(provider, items)| {
            let facts = catalog.facts(*provider);
            json!({
                "provider": provider.name(),
                "asOf": facts.as_of,
                "spot": facts.spot,
                "regionsComplete": facts.regions_complete,
                "vmTypesComplete": facts.vm_types_complete,
                "vmRegionsComplete": facts.vm_regions_complete,
                kind.key(): items,
            })
        })
        .collect();
    let mut out = format!("{:#}", json!({"version": 1, "kind": kind.name(), "providers": sections}));
    out.push('\n');
    out
}

impl Kind {
    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Regions => "regions",
            Self::VmTypes => "vm-types",
            Self::Gpus => "gpus",
            Self::Zones => "zones",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::VmTypes => "vmTypes",
            Self::Regions | Self::Gpus | Self::Zones => self.name(),
        }
    }
}
