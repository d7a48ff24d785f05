//! Offers that are few are tried out: nothing that brings an error with it stays.

use super::{Offer, typed_out};
use crate::Analysis;
use crate::finding::Severity;
use crate::lsp::cursor::Cursor;
use crate::lsp::view::Snapshot;
use crate::source::Source;

/// No more offers than this are tried.
const MOST_OFFERS: usize = 64;

/// No more bytes than this are analysed for it.
const MOST_BYTES: usize = 256 * 1024;

/// Keeps the offers with which the text has the fewest errors: what is wrong elsewhere counts for all of them alike.
///
/// What the other fields rule out is not offered in the first place; this is for what follows from a whole profile, as
/// with the name of a base.
pub(super) fn keep_sound(snapshot: &Snapshot, cursor: &Cursor, offers: &mut Vec<Offer>) {
    let text = snapshot.source().text();
    if offers.len() > MOST_OFFERS
        || offers.len() * text.len() > MOST_BYTES
        || text.get(cursor.word.range()).is_none()
    {
        return;
    }
    let errors = |offer: &Offer| {
        let mut text = text.to_owned();
        text.replace_range(cursor.word.range(), &typed_out(cursor, offer));
        let analysis = Analysis::new(Source::new("", text), snapshot.analysis().settings());
        analysis.findings().iter().filter(|finding| finding.severity == Severity::Error).count()
    };
    let counts: Vec<usize> = offers.iter().map(errors).collect();
    let fewest = counts.iter().min().copied().unwrap_or_default();
    let mut counts = counts.into_iter();
    offers.retain(|_| counts.next() == Some(fewest));
}
