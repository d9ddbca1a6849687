//! Codes that are not zones: which, how much is concerned, and what probably happened.

use distretto_territory::Zones;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::fault::{Code, Fault, Log, Result, listed};
use crate::words::counted;

/// Codes of a table that are not zones.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Unmatched {
    /// Each code with the amount (persons, jobs or rows) of the rows that name it, largest first, then by code.
    pub codes: Vec<(String, f64)>,
    /// Rows left out.
    pub rows: u64,
    /// Amount of the rows left out; a row with two such codes counts once.
    pub amount: f64,
    /// Share of the whole amount of the table, in 0..=1.
    pub share: f64,
}

impl Unmatched {
    /// From the codes, the amount of the rows of each, and the amount of all rows.
    pub fn new(codes: Vec<String>, amounts: Vec<f64>, rows: u64, amount: f64, whole: f64) -> Self {
        let mut codes: Vec<(String, f64)> = codes.into_iter().zip(amounts).collect();
        codes.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let share = if whole > 0.0 { amount / whole } else { 0.0 };
        Self { codes, rows, amount, share }
    }

    /// Refuses unknown codes, unless `allowed`: then they are a warning. `section` names the table, `unit` what its
    /// amounts are, `used` which zones occur in the table.
    pub fn judge(
        &self,
        section: &str,
        unit: &str,
        allowed: Option<Code>,
        zones: &Zones,
        used: &[bool],
        log: &mut Log,
    ) -> Result<()> {
        if self.codes.is_empty() {
            return Ok(());
        }
        let summary = self.summary(unit);
        if let Some(code) = allowed {
            let what = format!("{}; their rows are left out", self.strangers(section));
            log.add(Fault::new(code, what).because(summary));
            return Ok(());
        }
        if let Some(fault) = self.lost_zeros(section, zones) {
            return Err(fault.because(summary));
        }
        let absent = used.iter().filter(|&&used| !used).count();
        if absent >= 3 && self.codes.len() >= 3 && 200 * absent.min(self.codes.len()) >= zones.len() {
            let what = format!(
                "{}, and {} do not occur in it: probably two vintages of zones",
                self.strangers(section),
                counted(absent, "zone"),
            );
            return Err(Fault::new(Code::VintagesMixed, what)
                .because(summary)
                .hint("use tables of the same year, or give a `crosswalk`; `allow_unmatched = true` leaves them out"));
        }
        Err(Fault::new(Code::UnknownZones, self.strangers(section)).because(summary).hint(
            "put codes for abroad or unknown into `elsewhere`, translate them with `recode`, \
             or leave them out with `allow_unmatched = true`",
        ))
    }

    fn strangers(&self, section: &str) -> String {
        let count = self.codes.len();
        let are = if count == 1 { "is not a zone" } else { "are not zones" };
        format!("{} of [{section}] {are}", counted(count, "code"))
    }

    fn summary(&self, unit: &str) -> String {
        let codes: Vec<&str> = self.codes.iter().map(|(code, _)| code.as_str()).collect();
        format!(
            "{}\n{} with {} {unit} ({:.2} % of all) {} concerned",
            listed(&codes, 10),
            counted(self.rows as usize, "row"),
            self.amount,
            100.0 * self.share,
            if self.rows == 1 { "is" } else { "are" }
        )
    }

    /// Whether most unknown codes become zones, or zones become unknown codes, when leading zeros are dropped.
    fn lost_zeros(&self, section: &str, zones: &Zones) -> Option<Box<Fault>> {
        let bare = |code: &str| {
            let digits = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| code.trim_start_matches('0').to_owned())
        };
        let by_bare: FxHashMap<String, &str> =
            zones.codes().iter().filter_map(|code| Some((bare(code)?, code.as_str()))).collect();
        let pairs: Vec<(&str, &str)> = self
            .codes
            .iter()
            .filter_map(|(code, _)| Some((code.as_str(), *by_bare.get(&bare(code)?)?)))
            .collect();
        if 2 * pairs.len() < self.codes.len() {
            return None;
        }
        let shorter = pairs.iter().filter(|(code, zone)| code.len() < zone.len()).count();
        let &(code, zone) = pairs.first()?;
        let (table, width) = if 2 * shorter > pairs.len() {
            (section, pairs.iter().map(|(_, zone)| zone.len()).collect::<FxHashSet<_>>())
        } else {
            ("zones", pairs.iter().map(|(code, _)| code.len()).collect())
        };
        let what = format!(
            "codes of [{table}] have lost their leading zeros: `{code}` in [{section}] is zone `{zone}`"
        );
        let width = width.into_iter().max()?;
        Some(Fault::new(Code::LostZeros, what).hint(format!("set `pad = {width}` in [{table}]")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(zones: &[&str], unknown: &[&str], used: &[bool]) -> Box<Fault> {
        let zones = Zones::new(zones.iter().map(ToString::to_string).collect()).unwrap();
        let codes = unknown.iter().map(ToString::to_string).collect();
        let unmatched = Unmatched::new(codes, vec![1.0; unknown.len()], 1, 5.0, 10.0);
        unmatched.judge("flows", "persons", None, &zones, used, &mut Log::default()).unwrap_err()
    }

    #[test]
    fn lost_zeros_are_recognised_on_either_side() {
        let one = fault(&["001001", "001002"], &["1001", "1002"], &[false; 2]);
        assert_eq!((one.code, one.help.as_deref()), (Code::LostZeros, Some("set `pad = 6` in [flows]")));
        let other = fault(&["1001", "1002"], &["001001", "001002"], &[false; 2]);
        assert_eq!((other.code, other.help.as_deref()), (Code::LostZeros, Some("set `pad = 6` in [zones]")));
    }

    #[test]
    fn strangers_on_both_sides_are_two_vintages() {
        let zones = ["1", "2", "3", "4", "5", "6"];
        let fault = fault(&zones, &["11", "12", "13"], &[true, true, true, false, false, false]);
        assert_eq!(fault.code, Code::VintagesMixed);
    }

    #[test]
    fn a_stranger_is_listed_with_its_share() {
        let fault = fault(&["1", "2"], &["999"], &[true; 2]);
        assert_eq!(fault.code, Code::UnknownZones);
        assert!(fault.why.unwrap().contains("`999`\n1 row with 5 persons (50.00 % of all)"));
    }
}
