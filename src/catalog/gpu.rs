//! GPU names, and how a profile asks for them.

use std::fmt;

use super::tables::{GPU_SPELLINGS, GPUS, GpuRow, cmp_ignoring_case};

/// A kind of GPU or other accelerator that the catalog has a name for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Gpu(pub(super) u8);

impl Gpu {
    /// No GPU, in a row of the tables.
    pub(super) const NONE: Self = Self(255);

    /// The GPU with this name or alias; case is ignored.
    pub fn from_name(name: &str) -> Option<Self> {
        let place = GPU_SPELLINGS.binary_search_by(|(known, _)| cmp_ignoring_case(known, name)).ok()?;
        GPU_SPELLINGS.get(place).map(|(_, gpu)| *gpu)
    }

    /// Every GPU that the catalog has a name for, by name.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..).take(GPUS.len()).map(Self)
    }

    /// The name as the vendor writes it: `A100-80GB`.
    pub fn name(self) -> &'static str {
        self.row().map_or("", |row| row.name)
    }

    /// Nominal memory of one device in GiB, where it is known.
    pub fn memory_gib(self) -> Option<u16> {
        self.row()?.memory_gib
    }

    /// Who makes it, where it is known.
    pub fn vendor(self) -> Option<&'static str> {
        self.row().map(|row| row.vendor).filter(|vendor| !vendor.is_empty())
    }

    /// Other spellings.
    pub fn aliases(self) -> &'static [&'static str] {
        self.row().map_or(&[], |row| row.aliases)
    }

    /// The GPU whose name stands for the whole family: `H100` for `H100-MEGA`.
    #[must_use]
    pub fn family(self) -> Self {
        self.row().map_or(self, |row| row.family)
    }

    /// Whether who asks for `wanted` may get this one: any member of the family for the family's name, else only the
    /// very same.
    pub fn serves(self, wanted: Self) -> bool {
        self == wanted || self.family() == wanted
    }

    fn row(self) -> Option<&'static GpuRow> {
        GPUS.get(usize::from(self.0))
    }
}

impl fmt::Display for Gpu {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// How many GPUs are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GpuCount {
    /// `h100`: any number.
    Any,
    /// `h100:all`: as many as there are on one VM.
    All,
    /// `h100:8`: exactly so many, at least 1.
    Exactly(u32),
}

impl GpuCount {
    /// The number, where one is given.
    pub const fn exact(self) -> Option<u32> {
        match self {
            Self::Exactly(count) => Some(count),
            Self::Any | Self::All => None,
        }
    }
}

/// An entry of `gpuType`: `NAME`, `NAME:COUNT` or `NAME:all`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GpuRequest<'a> {
    /// The name as it is written.
    pub name: &'a str,
    /// How many.
    pub count: GpuCount,
}

/// Why a text is not a [`GpuRequest`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GpuRequestError {
    /// There is no name.
    NoName,
    /// What follows the colon is neither a number above 0 nor `all`.
    BadCount,
}

impl<'a> GpuRequest<'a> {
    /// Reads an entry of `gpuType`. Whether such a GPU exists is another question: [`GpuRequest::gpu`].
    ///
    /// # Errors
    /// Where the text has no name, or a count that is no count.
    pub fn parse(text: &'a str) -> Result<Self, GpuRequestError> {
        let (name, count) = match text.split_once(':') {
            None => (text, GpuCount::Any),
            Some((name, count)) if count.eq_ignore_ascii_case("all") => (name, GpuCount::All),
            Some((name, count)) => {
                let digits = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
                // A number too long for the type is still a number: more than any VM has.
                let number = if digits { count.parse().unwrap_or(u32::MAX) } else { 0 };
                if number == 0 {
                    return Err(GpuRequestError::BadCount);
                }
                (name, GpuCount::Exactly(number))
            }
        };
        if name.trim().is_empty() {
            return Err(GpuRequestError::NoName);
        }
        Ok(Self { name, count })
    }

    /// The GPU that is asked for, where the catalog has its name.
    pub fn gpu(self) -> Option<Gpu> {
        Gpu::from_name(self.name)
    }
}
