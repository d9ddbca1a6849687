//! One test of a rule: value, threshold, margin.

/// Which test. Every one asks whether a value is above a threshold, so a positive margin is always on the side of a district.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Test {
    /// Step 1: specialised in manufacturing, business services or consumer services.
    Specialised,
    /// Step 1: manufacturing prevails over business services.
    OverBusinessServices,
    /// Step 1: manufacturing prevails over consumer services.
    OverConsumerServices,
    /// Step 2: manufacturing is more specialised in small or medium units than in large ones.
    SmeSystem,
    /// Step 3: there is a main industry.
    MainIndustry,
    /// Step 4: small and medium units employ most of the main industry.
    SmeMajority,
    /// Step 4: the main industry is not a single medium unit.
    SingleMediumUnit,
    /// Step 4, by choice: the main industry is large enough.
    MinimumJobs,
}

impl Test {
    /// All, in the order of the rule.
    pub const ALL: [Self; 8] = [
        Self::Specialised,
        Self::OverBusinessServices,
        Self::OverConsumerServices,
        Self::SmeSystem,
        Self::MainIndustry,
        Self::SmeMajority,
        Self::SingleMediumUnit,
        Self::MinimumJobs,
    ];

    /// Short name, as in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Specialised => "specialised",
            Self::OverBusinessServices => "over_business_services",
            Self::OverConsumerServices => "over_consumer_services",
            Self::SmeSystem => "sme_system",
            Self::MainIndustry => "main_industry",
            Self::SmeMajority => "sme_majority",
            Self::SingleMediumUnit => "single_medium_unit",
            Self::MinimumJobs => "minimum_jobs",
        }
    }

    /// Which of the four steps of the rule it belongs to.
    pub fn number(self) -> u8 {
        match self {
            Self::Specialised | Self::OverBusinessServices | Self::OverConsumerServices => 1,
            Self::SmeSystem => 2,
            Self::MainIndustry => 3,
            Self::SmeMajority | Self::SingleMediumUnit | Self::MinimumJobs => 4,
        }
    }

    /// What value is held against what threshold.
    pub fn description(self) -> &'static str {
        match self {
            Self::Specialised => {
                "largest location quotient among manufacturing, business services and consumer services"
            }
            Self::OverBusinessServices => "surplus jobs in manufacturing against those in business services",
            Self::OverConsumerServices => "surplus jobs in manufacturing against those in consumer services",
            Self::SmeSystem => {
                "larger location quotient of small and medium units in manufacturing against that of large units"
            }
            Self::MainIndustry => {
                "location quotient, within manufacturing, of the industry with the largest surplus of jobs"
            }
            Self::SmeMajority => "share of small and medium units in the jobs of the main industry",
            Self::SingleMediumUnit => {
                "jobs in small units of the main industry against those of its only medium unit, times the ratio"
            }
            Self::MinimumJobs => "jobs in the main industry",
        }
    }

    /// Whether a value equal to the threshold passes.
    pub fn passes_when_equal(self) -> bool {
        matches!(self, Self::SmeSystem | Self::SingleMediumUnit | Self::MinimumJobs)
    }
}

/// Why a test could not be made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Missing {
    /// The area has no jobs that the test could look at.
    NoJobs,
    /// The nation has no jobs in one of the groups: the table does not cover it.
    NotInTable,
    /// This share of the records has no figure: more than the parameters allow.
    UnknownJobs(f64),
    /// This share of the jobs is in units of unknown size: more than the parameters allow.
    UnknownSizes(f64),
    /// The number of medium units is not known.
    UnknownUnits,
    /// Figures are withheld to protect who contributes to them, and what is left would say otherwise than all of them do.
    Confidential,
}

impl std::fmt::Display for Missing {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoJobs => out.write_str("the area has no jobs to look at"),
            Self::NotInTable => out.write_str("the table has no jobs of the kind anywhere in the nation"),
            Self::UnknownJobs(share) => write!(out, "{:.1} % of the records have no figure", share * 100.0),
            Self::UnknownSizes(share) => {
                write!(out, "the size of the unit is not known for {:.1} % of the jobs", share * 100.0)
            }
            Self::UnknownUnits => out.write_str("the number of medium units is not known"),
            Self::Confidential => {
                out.write_str("figures are confidential, and those that are left would mislead")
            }
        }
    }
}

/// What came of a test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outcome {
    /// On the side of a district.
    Pass,
    /// Not.
    Fail,
    /// Could not be made.
    Missing(Missing),
    /// Does not apply, and so does not speak against a district.
    NotApplicable,
}

impl Outcome {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Missing(_) => "missing",
            Self::NotApplicable => "not applicable",
        }
    }
}

/// One test made on one area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// Which test.
    pub test: Test,
    /// The value, in the unit of the test; `None` where it is missing or does not apply.
    pub value: Option<f64>,
    /// What the value must exceed (or reach, see [`Test::passes_when_equal`]).
    pub threshold: Option<f64>,
    /// What came of it.
    pub outcome: Outcome,
    /// Whether figures that it rests on are estimated.
    pub estimated: bool,
}

impl Step {
    pub(crate) fn compare(test: Test, value: f64, threshold: f64, estimated: bool) -> Self {
        let pass = value > threshold || (test.passes_when_equal() && value == threshold);
        let outcome = if pass { Outcome::Pass } else { Outcome::Fail };
        Self { test, value: Some(value), threshold: Some(threshold), outcome, estimated }
    }

    pub(crate) fn missing(test: Test, reason: Missing) -> Self {
        Self { test, value: None, threshold: None, outcome: Outcome::Missing(reason), estimated: false }
    }

    pub(crate) fn not_applicable(test: Test) -> Self {
        Self { test, value: None, threshold: None, outcome: Outcome::NotApplicable, estimated: false }
    }

    /// Value less threshold: above 0 on the side of a district.
    pub fn margin(&self) -> Option<f64> {
        Some(self.value? - self.threshold?)
    }

    /// The margin over the size of the threshold; `None` where the threshold is 0.
    pub fn relative_margin(&self) -> Option<f64> {
        let threshold = self.threshold.filter(|&threshold| threshold != 0.0)?;
        Some(self.margin()? / threshold.abs())
    }

    /// Whether the test speaks against a district.
    pub fn fails(&self) -> bool {
        self.outcome == Outcome::Fail
    }

    /// Whether the test could not be made.
    pub fn is_missing(&self) -> bool {
        matches!(self.outcome, Outcome::Missing(_))
    }
}
