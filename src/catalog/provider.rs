//! The cloud providers that a profile can name.

use std::fmt;

/// A cloud that anycloud can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Provider {
    /// Amazon Web Services.
    Aws,
    /// Google Cloud.
    Gcp,
    /// Microsoft Azure.
    Azure,
    /// Lambda Cloud.
    Lambda,
    /// The user's own machine.
    Local,
    /// Cloudflare R2: storage only, never compute.
    Cloudflare,
}

impl Provider {
    /// Every provider that can run a job, in the order that messages list them.
    pub const COMPUTE: [Self; 5] = [Self::Aws, Self::Gcp, Self::Azure, Self::Lambda, Self::Local];

    /// Every provider, storage-only ones included.
    pub const ALL: [Self; 6] =
        [Self::Aws, Self::Gcp, Self::Azure, Self::Lambda, Self::Local, Self::Cloudflare];

    /// The name as `cloudProvider` spells it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Aws => "AWS",
            Self::Gcp => "GCP",
            Self::Azure => "Azure",
            Self::Lambda => "Lambda",
            Self::Local => "Local",
            Self::Cloudflare => "Cloudflare",
        }
    }

    /// The provider with exactly this `cloudProvider` spelling.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|provider| provider.name() == name)
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// A set of providers, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ProviderSet(u8);

impl ProviderSet {
    /// The empty set.
    pub const EMPTY: Self = Self(0);

    /// Every provider that can run a job.
    pub const COMPUTE: Self = Self(0b1_1111);

    /// The set of one provider.
    pub const fn of(provider: Provider) -> Self {
        Self(1 << provider as u8)
    }

    /// Whether `provider` is in the set.
    pub const fn contains(self, provider: Provider) -> bool {
        self.0 & (1 << provider as u8) != 0
    }

    /// The set with `provider` added.
    #[must_use]
    pub const fn with(self, provider: Provider) -> Self {
        Self(self.0 | (1 << provider as u8))
    }

    /// What both sets have.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What either set has.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the set has no provider.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The only provider of the set, where there is exactly one.
    pub fn single(self) -> Option<Provider> {
        let mut all = self.iter();
        let first = all.next()?;
        all.next().is_none().then_some(first)
    }

    /// The providers of the set, in the order of [`Provider::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Provider> {
        Provider::ALL.into_iter().filter(move |&provider| self.contains(provider))
    }
}

impl FromIterator<Provider> for ProviderSet {
    fn from_iter<I: IntoIterator<Item = Provider>>(providers: I) -> Self {
        providers.into_iter().fold(Self::EMPTY, Self::with)
    }
}
