//! Areas take the name of their main zone.

use distretto_flows::FlowTable;
use distretto_territory::Partition;

/// The main zone of each area, by area index: the member with most jobs W_c, people who work where they live included.
/// Of equals the one whose name comes first by bytes, then the lowest zone; a zone without a name comes last.
/// Source: `AssignLmaName` of LabourMarketAreas 3.4.
pub fn main_zones(flows: &FlowTable, partition: &Partition, names: &[Option<String>]) -> Vec<u32> {
    let name = |zone: u32| names.get(zone as usize).and_then(Option::as_deref);
    partition
        .members()
        .iter()
        .map(|members| {
            let mut main = members[0];
            for &zone in members {
                let (jobs, best) = (flows.workers(zone), flows.workers(main));
                let first =
                    (name(zone).is_none(), name(zone), zone) < (name(main).is_none(), name(main), main);
                if jobs > best || (jobs == best && first) {
                    main = zone;
                }
            }
            main
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use distretto_flows::Row;

    #[test]
    fn most_jobs_then_first_by_name() {
        let rows = [(0, 1, 5.0), (1, 0, 5.0), (2, 2, 9.0)];
        let rows = rows.map(|(origin, destination, amount)| Row { origin, destination, amount });
        let flows = FlowTable::from_rows(3, &rows).unwrap();
        let partition = Partition::from_codes(&[Some("a"), Some("a"), Some("b")]);
        let names = [Some("Zeta".to_owned()), Some("Alfa".to_owned()), None];
        assert_eq!(main_zones(&flows, &partition, &names), [1, 2]);
        assert_eq!(main_zones(&flows, &partition, &[None, None, None]), [0, 2]);
    }
}
