//! What can vary from replicate to replicate.

/// A source of uncertainty, always called by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Flows and jobs are one draw, or a sample, of what they stand for.
    Sampling,
    /// The parameters and readings of the rules are choices.
    Rule,
    /// The tables are of one year among others.
    Vintage,
    /// Equals are told apart by the order of zones.
    Tie,
}

impl Source {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Sampling, Self::Rule, Self::Vintage, Self::Tie];

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sampling => "sampling",
            Self::Rule => "rule",
            Self::Vintage => "vintage",
            Self::Tie => "tie",
        }
    }
}

/// A set of sources that vary together; the others stay as in the base run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Varying(u8);

impl Varying {
    /// Nothing varies: the base run.
    pub const NOTHING: Self = Self(0);

    /// Only this source.
    pub fn only(source: Source) -> Self {
        Self(1 << source as u8)
    }

    /// Whether the source varies.
    pub fn has(self, source: Source) -> bool {
        self.0 & Self::only(source).0 != 0
    }

    /// The sources, in the order of [`Source::ALL`].
    pub fn sources(self) -> impl Iterator<Item = Source> {
        Source::ALL.into_iter().filter(move |&source| self.has(source))
    }

    /// How many sources vary.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether nothing varies.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The sets that an experiment with these sources runs: all together first, then, where there are several, each alone.
    pub fn with_each_alone(self) -> Vec<Self> {
        let alone = self.sources().map(Self::only).filter(|&alone| alone != self);
        std::iter::once(self).chain(alone).collect()
    }

    /// `sampling+rule`.
    pub fn name(self) -> String {
        let names: Vec<&str> = self.sources().map(Source::name).collect();
        if names.is_empty() { "base".into() } else { names.join("+") }
    }
}

impl FromIterator<Source> for Varying {
    fn from_iter<I: IntoIterator<Item = Source>>(sources: I) -> Self {
        Self(sources.into_iter().fold(0, |set, source| set | Self::only(source).0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_sources_vary_together_and_each_alone() {
        let both: Varying = [Source::Rule, Source::Sampling].into_iter().collect();
        assert_eq!(both.name(), "sampling+rule");
        let names: Vec<String> = both.with_each_alone().into_iter().map(Varying::name).collect();
        assert_eq!(names, ["sampling+rule", "sampling", "rule"]);
        assert_eq!(Varying::only(Source::Tie).with_each_alone(), [Varying::only(Source::Tie)]);
        assert_eq!((Varying::NOTHING.name().as_str(), both.len()), ("base", 2));
    }
}
