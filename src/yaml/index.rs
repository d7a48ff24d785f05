//! Look-ups in a tree that would be a walk each without help: made when first asked for.

use std::hash::BuildHasher;
use std::sync::OnceLock;

use hashbrown::HashTable;
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::tree::{Entry, NodeId, Tree};

/// A mapping with fewer keys than this is walked through.
const LARGE: usize = 32;

/// What a tree knows about itself beyond its nodes.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// The keys of all large mappings.
    keys: OnceLock<HashTable<(NodeId, Entry)>>,
    /// By node, the collection that it is written in.
    parents: OnceLock<Vec<Option<NodeId>>>,
    /// The nodes that aliases stand for.
    aliased: OnceLock<FxHashSet<NodeId>>,
}

impl Tree {
    /// The first entry of a mapping with this key.
    pub fn entry(&self, map: NodeId, key: &str) -> Option<Entry> {
        let entries = self.entries(map);
        if entries.len() < LARGE {
            return entries.iter().copied().find(|entry| self.is_key(entry.key, key));
        }
        let map = self.target(map);
        let keys = self.index.keys.get_or_init(|| self.keys());
        let is_it = |known: &(NodeId, Entry)| known.0 == map && self.is_key(known.1.key, key);
        keys.find(hash(map, key), is_it).map(|(_, entry)| *entry)
    }

    /// The collection that a key, value or item is written in; none for the root.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        let parents = self.index.parents.get_or_init(|| self.parents());
        parents.get(id.0 as usize).copied().flatten()
    }

    /// Whether an alias stands for a node.
    pub fn is_aliased(&self, id: NodeId) -> bool {
        let aliased = self.index.aliased.get_or_init(|| {
            self.anchors().iter().filter(|anchor| anchor.used).map(|anchor| anchor.node).collect()
        });
        aliased.contains(&id)
    }

    fn keys(&self) -> HashTable<(NodeId, Entry)> {
        let mut keys = HashTable::new();
        let rehash = |known: &(NodeId, Entry)| hash(known.0, self.key(known.1.key));
        for map in self.ids().filter(|id| !self.is_alias(*id) && self.entries(*id).len() >= LARGE) {
            for entry in self.entries(map) {
                let key = self.key(entry.key);
                let is_it = |known: &(NodeId, Entry)| known.0 == map && self.is_key(known.1.key, key);
                // Of a key that stands there twice the first counts.
                keys.entry(hash(map, key), is_it, rehash).or_insert((map, *entry));
            }
        }
        keys
    }

    fn parents(&self) -> Vec<Option<NodeId>> {
        let mut parents = vec![None; self.nodes.len()];
        for id in self.ids().filter(|id| !self.is_alias(*id)) {
            let entries = self.written_entries(id).iter().flat_map(|entry| [entry.key, entry.value]);
            for child in entries.chain(self.items(id).iter().copied()) {
                if let Some(parent) = parents.get_mut(child.0 as usize) {
                    *parent = Some(id);
                }
            }
        }
        parents
    }
}

fn hash(map: NodeId, key: &str) -> u64 {
    FxBuildHasher.hash_one((map, key))
}
