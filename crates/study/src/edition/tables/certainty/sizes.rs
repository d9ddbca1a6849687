//! Median and 80 % interval of a size, as three columns.

/// Adds them to a table: `size_columns!(table, whole or number, "zones", "zones of the area, ...", samples)`, a sample or none
/// by row.
macro_rules! size_columns {
    ($table:expr, $kind:ident, $name:literal, $what:literal, $samples:expr) => {{
        let samples: Vec<Option<&distretto_certainty::Sample<_>>> = $samples.collect();
        let median = samples.iter().map(|sample| (*sample)?.median());
        let interval = || samples.iter().map(|sample| (*sample)?.interval(0.8));
        $table
            .$kind(
                concat!($name, "_median"),
                concat!("Median of the ", $what),
                median.map(|value| value.map(Into::into)),
            )
            .$kind(
                concat!($name, "_low80"),
                concat!("Lower end of the 80 % interval of the ", $what),
                interval().map(|interval| interval.map(|interval| interval.from.into())),
            )
            .$kind(
                concat!($name, "_high80"),
                concat!("Upper end of the 80 % interval of the ", $what),
                interval().map(|interval| interval.map(|interval| interval.to.into())),
            )
    }};
}

pub(super) use size_columns;
