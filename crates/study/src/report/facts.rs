//! What the report looks at: the one place that knows how results are laid out.

use distretto_districts::istat::{AreaVerdict, Kind};
use distretto_regions::statistics::AreaStatistics;
use distretto_territory::Topology;

use crate::certainty::CertaintyResults;
use crate::config::{Config, Official};
use crate::disclosure::Disclosed;
use crate::fault::Log;
use crate::flows::FlowInput;
use crate::run::{AreaResults, ComparisonResults, DistrictResults, Results};
use crate::tables::InputFile;
use crate::zones::ZoneTable;

/// Everything that a page is made of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts<'a> {
    pub config: &'a Config,
    pub zones: &'a ZoneTable,
    pub flows: Option<&'a FlowInput>,
    pub topology: Option<&'a Topology>,
    pub areas: &'a AreaResults,
    pub districts: Option<&'a DistrictResults>,
    pub comparisons: &'a [ComparisonResults],
    pub certainty: Option<&'a CertaintyResults>,
    /// What was withheld, where the study comes from micro-data.
    pub disclosed: Option<&'a Disclosed>,
    pub files: &'a [InputFile],
    pub log: &'a Log,
}

impl<'a> From<&'a Results> for Facts<'a> {
    fn from(results: &'a Results) -> Self {
        let input = &results.input;
        let hides_flows = results.disclosed.as_ref().and_then(Disclosed::flows).is_some();
        Self {
            config: &input.config,
            zones: &input.zones,
            // The totals of micro-data are not told: a zone without an area may be all that they add.
            flows: input.flows.as_ref().filter(|_| !hides_flows),
            topology: input.borders.as_ref().map(|borders| &borders.topology),
            areas: &results.areas,
            districts: results.districts.as_ref(),
            comparisons: &results.comparisons,
            certainty: results.certainty.as_ref(),
            disclosed: results.disclosed.as_ref(),
            files: &input.files,
            log: &results.log,
        }
    }
}

/// A district as tables show it.
#[derive(Debug, Clone, Copy)]
pub(super) struct District<'a> {
    pub area: u32,
    pub name: &'a str,
    pub region: Option<&'a str>,
    /// Index of the main industry.
    pub industry: usize,
    /// Jobs in the main industry.
    pub jobs: f64,
    /// Local units of the main industry, where known.
    pub units: Option<f64>,
    /// Share of small and medium units in the jobs of the main industry, of those in units of known size.
    pub sme_share: Option<f64>,
    /// Jobs in all of manufacturing.
    pub manufacturing: f64,
}

/// Jobs of a country and of its districts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct DistrictJobs {
    /// Manufacturing jobs in districts.
    pub manufacturing: f64,
    /// Jobs in the main industries of districts.
    pub main_industry: f64,
    /// Share of all manufacturing jobs of the tables that lie in districts.
    pub share: Option<f64>,
    /// Whether any figure of the tables is estimated.
    pub estimated: bool,
}

impl<'a> Facts<'a> {
    pub fn official(&self) -> Option<&'a Official> {
        self.config.official.as_ref()
    }

    pub fn number_of_areas(&self) -> usize {
        self.areas.partition.areas()
    }

    pub fn area_name(&self, area: u32) -> &'a str {
        self.areas.names.get(area as usize).map_or("", String::as_str)
    }

    pub fn region(&self, area: u32) -> Option<&'a str> {
        self.areas.regions.get(area as usize)?.as_deref()
    }

    pub fn has_regions(&self) -> bool {
        self.areas.regions.iter().any(Option::is_some)
    }

    /// What the flows say of the areas, by area index; empty without flows.
    pub fn all_statistics(&self) -> &'a [AreaStatistics] {
        self.areas.flows.as_ref().map_or(&[], |flows| &flows.statistics)
    }

    pub fn statistics(&self, area: u32) -> Option<&'a AreaStatistics> {
        self.all_statistics().get(area as usize)
    }

    pub fn population(&self, area: u32) -> Option<f64> {
        self.areas.population.get(area as usize).copied().flatten()
    }

    /// Areas by employed residents (without flows, by population), most first.
    pub fn areas_by_size(&self) -> Vec<u32> {
        let size = |area: u32| match self.statistics(area) {
            Some(statistics) => statistics.residents,
            None => self.population(area).unwrap_or(0.0),
        };
        let mut areas: Vec<u32> = (0..self.number_of_areas() as u32).collect();
        areas.sort_by(|&a, &b| size(b).total_cmp(&size(a)).then(a.cmp(&b)));
        areas
    }

    pub fn kind(&self, area: u32) -> Option<Kind> {
        Some(self.districts?.verdicts.get(area as usize)?.kind)
    }

    pub fn kinds(&self) -> Vec<(Kind, usize)> {
        let verdicts: &[AreaVerdict] = self.districts.map_or(&[], |districts| &districts.verdicts);
        Kind::ALL.map(|kind| (kind, verdicts.iter().filter(|verdict| verdict.kind == kind).count())).to_vec()
    }

    /// Districts by jobs in their main industry, most first.
    pub fn districts(&self) -> Vec<District<'a>> {
        let verdicts = self.districts.into_iter().flat_map(|districts| &districts.verdicts);
        let mut districts: Vec<District<'a>> = verdicts
            .filter(|verdict| verdict.kind == Kind::District)
            .filter_map(|verdict| {
                let main = verdict.main()?;
                let sized = main.jobs.sized();
                Some(District {
                    area: verdict.area,
                    name: self.area_name(verdict.area),
                    region: self.region(verdict.area),
                    industry: main.industry,
                    jobs: main.jobs.all(),
                    units: main.local_units.map(|units| units.all()),
                    sme_share: (sized > 0.0).then(|| main.jobs.small_and_medium() / sized),
                    manufacturing: verdict.jobs.all(),
                })
            })
            .collect();
        districts.sort_by(|a, b| b.jobs.total_cmp(&a.jobs).then(a.area.cmp(&b.area)));
        districts
    }

    pub fn district_jobs(&self) -> Option<DistrictJobs> {
        let results = self.districts?;
        let districts = self.districts();
        let manufacturing = districts.iter().map(|district| district.manufacturing).sum();
        let nation = results.manufacturing.nation().total_employees();
        Some(DistrictJobs {
            manufacturing,
            main_industry: districts.iter().map(|district| district.jobs).sum(),
            share: (nation.known() > 0.0).then(|| manufacturing / nation.known()),
            estimated: nation.estimated_share() > 0.0
                || results.all_sectors.nation().total_employees().estimated_share() > 0.0,
        })
    }

    /// Id and title of an industry.
    pub fn industry(&self, index: usize) -> (&'a str, &'a str) {
        let group =
            self.districts.and_then(|districts| districts.manufacturing.grouping().groups().get(index));
        group.map_or(("", ""), |group| (group.id.as_str(), group.title.as_str()))
    }

    /// The industry with this id, title, or title up to its colon.
    pub fn industry_called(&self, name: &str) -> Option<usize> {
        let groups = self.districts.map_or(0, |districts| districts.manufacturing.grouping().groups().len());
        (0..groups).find(|&industry| {
            let (id, title) = self.industry(industry);
            [id, title, self.industry_short(industry)].iter().any(|known| known.eq_ignore_ascii_case(name))
        })
    }

    /// Title of an industry up to its colon.
    pub fn industry_short(&self, index: usize) -> &'a str {
        let (_, title) = self.industry(index);
        title.split(':').next().unwrap_or(title)
    }

    /// Main industries of the districts with how many they are, most first.
    pub fn industries(&self) -> Vec<(usize, usize)> {
        let groups = self.districts.map_or(0, |districts| districts.manufacturing.grouping().groups().len());
        let mut counts = vec![0usize; groups];
        for district in self.districts() {
            counts[district.industry] += 1;
        }
        let mut industries: Vec<(usize, usize)> =
            counts.into_iter().enumerate().filter(|&(_, n)| n > 0).collect();
        industries.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        industries
    }
}

/// The word for a kind of area, for one and for many.
pub(super) fn kind_title(kind: Kind) -> [&'static str; 2] {
    match kind {
        Kind::District => ["industrial district", "industrial districts"],
        Kind::LargeFirmSystem => {
            ["manufacturing system of large units", "manufacturing systems of large units"]
        }
        Kind::OtherManufacturing => ["other manufacturing area", "other manufacturing areas"],
        Kind::Rest => ["area not mainly manufacturing", "areas not mainly manufacturing"],
        Kind::Undetermined => ["undetermined area (figures missing)", "undetermined areas (figures missing)"],
    }
}
