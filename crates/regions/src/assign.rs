//! Zones placed by hand.

use distretto_territory::Partition;

/// Why a zone cannot be placed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AssignError {
    /// No area has this code.
    #[error("no area has the code `{0}`")]
    NoSuchArea(String),
}

/// The partition with some zones moved to areas that exist, whatever the flows say. Unlike
/// `AssignSingleComToSingleLma` of the reference, a zone without an area (of the zero list, say) can be placed too.
/// An area that loses its last zone is gone.
pub fn assign(partition: &Partition, places: &[(u32, &str)]) -> Result<Partition, AssignError> {
    let mut codes = partition.code_of_zone();
    for &(zone, area) in places {
        if partition.area_with_code(area).is_none() {
            return Err(AssignError::NoSuchArea(area.to_owned()));
        }
        codes[zone as usize] = Some(area.to_owned());
    }
    Ok(Partition::from_codes(&codes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_move_and_empty_areas_go() {
        let partition = Partition::from_codes(&[Some("1"), Some("2"), None]);
        let moved = assign(&partition, &[(1, "1"), (2, "1")]).unwrap();
        assert_eq!(moved.codes(), ["1"]);
        assert_eq!(moved.without_area().count(), 0);
        assert_eq!(assign(&partition, &[(0, "9")]), Err(AssignError::NoSuchArea("9".into())));
    }
}
