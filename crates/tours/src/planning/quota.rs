//! What a quota counts.

use crate::delegation::Subject;
use crate::host::Host;
use crate::rules::Which;

/// Whether a quota counts a host: it must fit everything that is given.
pub(super) fn counts(which: &Which, host: &Host) -> bool {
    let subject = which.subject.as_ref().is_none_or(|(subject, name)| match subject {
        Subject::Industry => host.industries.contains(name),
        Subject::Phase => host.phases.contains(name),
        Subject::Practice => host.practices.contains(name),
        Subject::Kind => host.kind.word() == name,
    });
    let district = which.district.as_ref().is_none_or(|district| host.district.as_ref() == Some(district));
    subject && district && (which.hosts.is_empty() || which.hosts.contains(&host.code))
}
