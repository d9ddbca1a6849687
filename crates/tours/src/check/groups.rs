//! How a party is divided at a host.

use super::clock::Minute;
use crate::host::Host;

/// A group, with the minutes from the beginning of the visit to its own beginning and end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Group {
    pub people: u32,
    pub starts: Minute,
    pub ends: Minute,
}

/// The groups in their order. Everybody goes round with one of as few as there can be; of those that begin together no more than there are
/// guides; the next begin `stagger` minutes after, or when those before have ended.
pub(super) fn groups(host: &Host, people: u32, minutes: u32) -> Vec<Group> {
    let most = host.group.unwrap_or(people).max(1);
    let mut count = 1;
    while u64::from(count) * u64::from(most) < u64::from(people) {
        count += 1;
    }
    let minutes = Minute::from(minutes);
    let apart = host.stagger.map_or(minutes, Minute::from);
    let (mut groups, mut left, mut starts) = (Vec::new(), people, 0);
    for group in 0..count {
        if group > 0 && group % host.guides.max(1) == 0 {
            starts += apart;
        }
        // Those who are left go as evenly as they can with the groups that are left, the larger first.
        let size = left.div_ceil(count - group);
        left -= size;
        groups.push(Group { people: size, starts, ends: starts + minutes });
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::host as made;
    use crate::host::Kind;

    fn host() -> Host {
        made("mill", Kind::Enterprise, None, 30)
    }

    #[test]
    fn a_party_is_divided_as_evenly_as_can_be() {
        let all = |group, guides, stagger, people| -> Vec<(u32, i64, i64)> {
            let host = Host { group, guides, stagger, ..host() };
            groups(&host, people, 30).iter().map(|group| (group.people, group.starts, group.ends)).collect()
        };
        assert_eq!(all(None, 1, None, 7), [(7, 0, 30)]);
        assert_eq!(all(Some(5), 1, None, 0), [(0, 0, 30)]);
        assert_eq!(all(Some(3), 1, None, 7), [(3, 0, 30), (2, 30, 60), (2, 60, 90)]);
        assert_eq!(all(Some(3), 2, Some(10), 10), [(3, 0, 30), (3, 0, 30), (2, 10, 40), (2, 10, 40)]);
    }

    #[test]
    fn a_host_divides_a_party_in_the_same_way() {
        for (people, group, guides, stagger) in (0..40).flat_map(|people| {
            [(people, Some(4), 2, Some(7)), (people, Some(7), 3, None), (people, None, 1, None)]
        }) {
            let host = Host { group, guides, stagger, ..host() };
            let (ours, theirs) = (groups(&host, people, 25), host.groups_of(people, 25));
            let sizes: Vec<u32> = ours.iter().map(|group| group.people).collect();
            let starts: Vec<i64> = ours.iter().map(|group| group.starts).collect();
            assert_eq!(sizes, theirs.sizes);
            assert_eq!(starts, theirs.starts.iter().map(|&start| i64::from(start)).collect::<Vec<_>>());
            assert_eq!(ours.last().map(|group| group.ends), Some(i64::from(theirs.minutes)));
        }
    }

    #[test]
    fn a_great_party_one_by_one_overflows_nothing() {
        let host = Host { group: Some(1), guides: 1, stagger: Some(u32::MAX), ..host() };
        assert_eq!(host.groups_of(500_000, 60).minutes, u32::MAX);
        assert_eq!(groups(&host, 500_000, 60).len(), 500_000);
    }
}
