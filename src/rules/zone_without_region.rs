//! AC404: a zone of no region.

use super::Context;
use super::zone_region::has_wrong_form;
use crate::finding::Finding;
use crate::profile::{Field, meetings};
use crate::rule::{Kind, Rule, Severity};

/// AC404
pub const RULE: Rule = Rule {
    code: "AC404",
    name: "zone-without-region",
    severity: Severity::Warning,
    fix: None,
    kind: Kind::Mistake,
    summary: "`availabilityZone` without a `region`",
    docs: r#"
Zone `2` exists in many regions. Without the region it says nothing, unless the zone's name holds the region,
as `us-east-1a` does. A template may leave the region to the profiles that extend it.

```yaml bad
profiles:
  eval:
    cloudProvider: Azure
    availabilityZone: "2"
```

```yaml good
profiles:
  eval:
    cloudProvider: Azure
    region: westus2
    availabilityZone: "2"
```
"#,
};

pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let subjects = context.subjects;
    let lonely = meetings(subjects, |id| {
        let inferred = context.inference().of(id);
        if !inferred.sets(Field::AvailabilityZone) || subjects.is_template(id) {
            return None;
        }
        let is_complete = subjects.get(id).is_complete;
        let setting = subjects.value(id, Field::AvailabilityZone)?;
        let zone = context.text(setting.entry.value)?;
        let is_lonely = is_complete
            && subjects.value(id, Field::Region).is_none()
            && context.catalog.zone_region(zone).is_none()
            && !has_wrong_form(context, id, zone);
        let cleared = subjects.setting(id, Field::Region).map(|region| region.entry);
        is_lonely.then_some((setting.entry, cleared))
    });
    for meeting in lonely {
        let (id, (zone, _)) = (meeting.subject, meeting.key);
        let Some(setting) = subjects.setting(id, Field::AvailabilityZone) else { continue };
        let cleared = subjects.setting(id, Field::Region);
        let quoted = context.quote(None, zone.value).or("of a long name");
        let message = format!(
            "`{}` sets the zone {quoted}, but no region{}",
            subjects.name(id),
            context.subjects.others(&meeting.others)
        );
        let (span, place) = if setting.origin == id {
            (context.value_span(zone.value), context.place(id, Field::AvailabilityZone.name()))
        } else {
            context.meeting_place(id, cleared.map(|cleared| (Field::Region, cleared)))
        };
        let mut finding = Finding::new(&RULE, span, message).at(place);
        if setting.origin != id || cleared.is_some() {
            let origin = context.origin(id, Field::AvailabilityZone, setting);
            finding = finding.label(context.value_span(zone.value), origin);
        }
        if let Some(cleared) = cleared {
            finding = finding.label(context.tree.entry_span(cleared.entry), "`region` is cleared here");
        }
        findings
            .push(finding.help("set the `region` as well, or clear the zone with `availabilityZone: null`"));
    }
}
