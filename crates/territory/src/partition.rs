//! Zones to areas.

use rustc_hash::FxHashMap;

use crate::zones::CodeOrder;

/// A partition of the zones into areas; a zone may have none. Areas are known by their index `0..areas()`,
/// in the order of their codes ([`CodeOrder`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partition {
    area_of: Vec<Option<u32>>,
    codes: Vec<String>,
}

impl Partition {
    /// From the area code of each zone (by zone index), `None` where a zone has no area. Cost: n log n.
    pub fn from_codes<S: AsRef<str>>(code_of_zone: &[Option<S>]) -> Self {
        let mut codes: Vec<String> = Vec::new();
        let mut seen: FxHashMap<&str, u32> = FxHashMap::default();
        for code in code_of_zone.iter().flatten().map(AsRef::as_ref) {
            seen.entry(code).or_insert_with(|| {
                codes.push(code.to_owned());
                0
            });
        }
        let order = CodeOrder::of(&codes);
        codes.sort_unstable_by(|a, b| order.compare(a, b));
        let index: FxHashMap<&str, u32> =
            codes.iter().enumerate().map(|(i, code)| (code.as_str(), i as u32)).collect();
        let area_of =
            code_of_zone.iter().map(|code| code.as_ref().map(|code| index[code.as_ref()])).collect();
        Self { area_of, codes }
    }

    /// Number of areas; each has at least one zone.
    pub fn areas(&self) -> usize {
        self.codes.len()
    }

    /// Number of zones, with or without an area.
    pub fn zones(&self) -> usize {
        self.area_of.len()
    }

    /// The area of a zone, if it has one.
    pub fn area_of(&self, zone: u32) -> Option<u32> {
        self.area_of[zone as usize]
    }

    /// The area of every zone, by zone index.
    pub fn as_slice(&self) -> &[Option<u32>] {
        &self.area_of
    }

    /// The code of an area.
    pub fn code(&self, area: u32) -> &str {
        &self.codes[area as usize]
    }

    /// The codes of the areas, by area index.
    pub fn codes(&self) -> &[String] {
        &self.codes
    }

    /// The area with this code.
    pub fn area_with_code(&self, code: &str) -> Option<u32> {
        self.codes.iter().position(|c| c == code).map(|i| i as u32)
    }

    /// The area code of every zone, by zone index: the inverse of [`Self::from_codes`].
    pub fn code_of_zone(&self) -> Vec<Option<String>> {
        self.area_of.iter().map(|area| area.map(|a| self.codes[a as usize].clone())).collect()
    }

    /// The zones of each area, ascending, by area index.
    pub fn members(&self) -> Vec<Vec<u32>> {
        let mut members = vec![Vec::new(); self.areas()];
        for (zone, area) in self.area_of.iter().enumerate() {
            if let Some(area) = area {
                members[*area as usize].push(zone as u32);
            }
        }
        members
    }

    /// Zones without an area, ascending.
    pub fn without_area(&self) -> impl Iterator<Item = u32> + '_ {
        self.area_of.iter().enumerate().filter(|(_, area)| area.is_none()).map(|(zone, _)| zone as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_follow_the_order_of_their_codes() {
        let partition = Partition::from_codes(&[Some("10"), Some("9"), None, Some("9")]);
        assert_eq!(partition.codes(), ["9", "10"]);
        assert_eq!(partition.as_slice(), [Some(1), Some(0), None, Some(0)]);
        assert_eq!(partition.members(), [vec![1, 3], vec![0]]);
        assert_eq!(partition.without_area().collect::<Vec<_>>(), [2]);
        assert_eq!(Partition::from_codes(&partition.code_of_zone()), partition);
    }
}
