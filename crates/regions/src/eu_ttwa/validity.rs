//! Validity: how nearly a cluster is a labour market area.

use super::parameters::{Mode, Parameters};

/// Totals of a cluster, in the units of the flow table: S live and work inside, L live inside, W work inside.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Totals {
    /// S: residents who work inside.
    pub inside: f64,
    /// L: employed residents.
    pub residents: f64,
    /// W: jobs.
    pub workers: f64,
}

impl Totals {
    /// The smaller of supply-side (S/L) and demand-side (S/W) self-containment.
    pub fn self_containment(&self) -> f64 {
        (self.inside / self.residents).min(self.inside / self.workers)
    }

    /// Whether nobody crosses the border: S = L = W.
    pub fn is_closed(&self) -> bool {
        self.inside == self.residents && self.inside == self.workers
    }
}

/// The validity function ("X-equation") with its parameters bound.
#[derive(Debug, Clone, Copy)]
pub struct Validity {
    parameters: Parameters,
    mode: Mode,
    per_person: f64,
}

impl Validity {
    /// Binds parameters, mode and the units in one person of the flow table.
    pub fn new(parameters: Parameters, mode: Mode, per_person: f64) -> Self {
        Self { parameters, mode, per_person }
    }

    /// v = Y Z tarSC/minSC with Y = min(SC/tarSC, 1), Z = 1 - (1 - minSC/tarSC) s and
    /// s = max((tarSZ - L)/(tarSZ - minSZ), 0); a cluster is an area when v >= 1.
    ///
    /// s is not capped above: below minSZ it exceeds 1, so v < 1 there, and far below minSZ Z may be negative, where more
    /// self-containment means a lower v. With SC exactly 1, v is 1: always in reference mode, from minSZ up in
    /// clean mode. Range: at most tarSC/minSC. L and W must be positive. Never NaN, never -0.
    /// Source: Coombes & Bond (2008), as computed by LabourMarketAreas 3.4.
    pub fn of(&self, totals: Totals) -> f64 {
        let Parameters { min_size, min_sc, target_sc, .. } = self.parameters;
        let msc = totals.self_containment();
        let size = totals.residents / self.per_person;
        if msc == 1.0 && (self.mode == Mode::Reference || size >= min_size) {
            return 1.0;
        }
        let y = (msc / target_sc).min(1.0);
        y * self.size_factor(size) * (target_sc / min_sc) + 0.0
    }

    /// Z, from the size in persons.
    fn size_factor(&self, size: f64) -> f64 {
        let Parameters { min_size, min_sc, target_size, target_sc } = self.parameters;
        let s = ((target_size - size) / (target_size - min_size)).max(0.0);
        1.0 - ((1.0 - (min_sc / target_sc)) * s)
    }

    /// Whether validity falls as self-containment grows, for this many residents (in units).
    pub(super) fn falls_with_containment(&self, residents: f64) -> bool {
        self.size_factor(residents / self.per_person) < 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn validity(mode: Mode, inside: f64, residents: f64) -> f64 {
        Validity::new(Parameters::default(), mode, 1.0).of(Totals { inside, residents, workers: residents })
    }

    #[test]
    fn the_trade_off_between_size_and_self_containment() {
        // At tarSZ the needed self-containment is minSC, at minSZ it is tarSC; halfway Z = 0.9: 0.6/0.9 = 2/3.
        assert!((validity(Mode::Reference, 6_000.0, 10_000.0) - 1.0).abs() < 1e-12);
        assert!((validity(Mode::Reference, 750.0, 1_000.0) - 1.0).abs() < 1e-12);
        assert!((validity(Mode::Reference, 5_500.0 * 2.0 / 3.0, 5_500.0) - 1.0).abs() < 1e-12);
        assert!((validity(Mode::Reference, 9_000.0, 10_000.0) - 1.25).abs() < 1e-12, "the maximum");
        assert!(validity(Mode::Reference, 998.0, 999.0) < 1.0, "too small whatever its containment");
    }

    #[test]
    fn closed_clusters_are_valid_by_decree_in_the_reference_only() {
        assert_eq!(validity(Mode::Reference, 3.0, 3.0), 1.0);
        assert!(validity(Mode::Clean, 3.0, 3.0) < 1.0);
        assert_eq!(validity(Mode::Clean, 1_000.0, 1_000.0), 1.0);
        assert_eq!(validity(Mode::Clean, 20_000.0, 20_000.0), 1.0);
    }
}
