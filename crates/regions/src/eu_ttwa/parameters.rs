//! The four parameters of the method, and which reading of it runs.

/// The four parameters of EU-TTWA. `0 < min_sc <= target_sc <= 1` and `0 < min_size < target_size`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameters {
    /// minSZ: an area with fewer employed residents is never valid. Persons.
    pub min_size: f64,
    /// minSC: self-containment that suffices from `target_size` up.
    pub min_sc: f64,
    /// tarSZ: size from which `min_sc` suffices. Persons.
    pub target_size: f64,
    /// tarSC: self-containment needed at `min_size`.
    pub target_sc: f64,
}

impl Default for Parameters {
    /// ISTAT's choice for the Italian local labour systems of 2011: 1,000 / 0.60 / 10,000 / 0.75.
    fn default() -> Self {
        Self { min_size: 1_000.0, min_sc: 0.60, target_size: 10_000.0, target_sc: 0.75 }
    }
}

/// Why four numbers are not parameters of the method. The reference accepts all of these and answers nonsense.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum ParameterError {
    /// A size or self-containment that is not a positive finite number.
    #[error("{name} is {value}; it must be a number above 0")]
    NotPositive {
        /// Name of the parameter.
        name: &'static str,
        /// Its value.
        value: f64,
    },
    /// `target_size <= min_size`.
    #[error(
        "target size {target} does not exceed minimum size {min}: no trade-off between size and self-containment is left"
    )]
    Sizes {
        /// Minimum size.
        min: f64,
        /// Target size.
        target: f64,
    },
    /// `target_sc < min_sc`.
    #[error(
        "target self-containment {target} is below minimum self-containment {min}: small areas would need less than large ones"
    )]
    SelfContainment {
        /// Minimum self-containment.
        min: f64,
        /// Target self-containment.
        target: f64,
    },
    /// A self-containment above 1.
    #[error("{name} is {value}; a self-containment is a share and cannot exceed 1")]
    AboveOne {
        /// Name of the parameter.
        name: &'static str,
        /// Its value.
        value: f64,
    },
}

impl Parameters {
    /// Refuses parameters with which the method has no meaning.
    pub fn check(&self) -> Result<(), ParameterError> {
        let named = [
            ("min_size", self.min_size),
            ("min_sc", self.min_sc),
            ("target_size", self.target_size),
            ("target_sc", self.target_sc),
        ];
        if let Some(&(name, value)) = named.iter().find(|(_, value)| !(value.is_finite() && *value > 0.0)) {
            return Err(ParameterError::NotPositive { name, value });
        }
        if self.target_size <= self.min_size {
            return Err(ParameterError::Sizes { min: self.min_size, target: self.target_size });
        }
        if self.target_sc < self.min_sc {
            return Err(ParameterError::SelfContainment { min: self.min_sc, target: self.target_sc });
        }
        if self.target_sc > 1.0 {
            return Err(ParameterError::AboveOne { name: "target_sc", value: self.target_sc });
        }
        Ok(())
    }
}

/// Which reading of the method runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Identical to LabourMarketAreas 3.4, its quirks included: after a cluster loses a zone its validity is taken
    /// from unsummed rows for one iteration; a closed cluster counts as an area whatever its size; a cluster
    /// without any candidate is scattered.
    Reference,
    /// The method as its text means it: validity always from summed totals; a closed cluster below the minimum
    /// size is set aside and reported; a cluster without any candidate loses one zone only.
    #[default]
    Clean,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_is_refused() {
        let good = Parameters::default();
        assert_eq!(good.check(), Ok(()));
        assert!(matches!(
            Parameters { target_size: 1_000.0, ..good }.check(),
            Err(ParameterError::Sizes { .. })
        ));
        assert!(matches!(
            Parameters { target_sc: 0.5, ..good }.check(),
            Err(ParameterError::SelfContainment { .. })
        ));
        assert!(matches!(
            Parameters { target_sc: 1.5, ..good }.check(),
            Err(ParameterError::AboveOne { .. })
        ));
        for value in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(matches!(
                Parameters { min_size: value, ..good }.check(),
                Err(ParameterError::NotPositive { name: "min_size", .. })
            ));
        }
    }
}
