//! GCP's custom machine types, which are named by their size: `n2-custom-4-8192` has 4 vCPUs and 8 GiB.

/// The machine families that have custom types. A name without a family (`custom-4-8192`) is of the first.
pub(super) const FAMILIES: [&str; 8] = ["n1", "n2", "n2d", "n4", "n4a", "n4d", "e2", "g2"];

/// A custom machine type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Custom {
    /// The machine family: it is offered where that is.
    pub(super) family: &'static str,
    pub(super) vcpus: u16,
    pub(super) memory_mib: u32,
}

impl Custom {
    /// Reads `[FAMILY-]custom-VCPUS-MEMORY[-ext]`. E2 also has shared cores: `e2-custom-micro-MEMORY`, and `small` and
    /// `medium`.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let (family, size) = match name.strip_prefix("custom-") {
            Some(size) => ("n1", size),
            None => name.split_once("-custom-")?,
        };
        let family = FAMILIES.into_iter().find(|known| *known == family)?;
        let (vcpus, memory) = size.strip_suffix("-ext").unwrap_or(size).split_once('-')?;
        let vcpus = match vcpus {
            "micro" | "small" | "medium" if family == "e2" => 2,
            _ => number(vcpus)?.try_into().ok()?,
        };
        Some(Self { family, vcpus, memory_mib: number(memory)? })
    }
}

fn number(digits: &str) -> Option<u32> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    plain.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::Custom;

    #[test]
    fn sizes_are_read_from_the_name() {
        let n2 = Custom { family: "n2", vcpus: 4, memory_mib: 8192 };
        assert_eq!(Custom::parse("n2-custom-4-8192"), Some(n2));
        assert_eq!(Custom::parse("n2-custom-4-8192-ext"), Some(n2));
        assert_eq!(Custom::parse("custom-4-8192"), Custom::parse("n1-custom-4-8192"));
        let micro = Custom { family: "e2", vcpus: 2, memory_mib: 1024 };
        assert_eq!(Custom::parse("e2-custom-micro-1024"), Some(micro));
    }

    #[test]
    fn other_names_are_not_custom_types() {
        for name in [
            "n2-custom",
            "n2-custom-4",
            "n2-custom-4-",
            "n2-custom-0-8192",
            "n2-custom-+4-8192",
            "n2-custom-4-8192-max",
            "n2-custom-micro-1024",
            "c3-custom-4-8192",
            "a2-custom-4-8192",
            "n2-custom-99999999999-8192",
            "custom-",
        ] {
            assert_eq!(Custom::parse(name), None, "{name}");
        }
    }
}
