//! The quality of a partition in 38 figures.

use distretto_flows::FlowTable;
use distretto_territory::Partition;

use crate::statistics::{AreaStatistics, modularity};
use crate::summary::{mean, quantile, standard_deviation};

/// A named figure; `None` where it is not defined (a mean of nothing).
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Name, as `StatClusterData` of LabourMarketAreas 3.4 has it.
    pub name: String,
    /// Value.
    pub value: Option<f64>,
}

/// The 38 figures of a partition, in the order of the reference. Values that areas do not have are left out of means and
/// quartiles. Standard deviations are those of a sample; quartiles are R's type 7.
pub fn quality(flows: &FlowTable, partition: &Partition, areas: &[AreaStatistics]) -> Vec<Figure> {
    let mut figures = Figures(Vec::with_capacity(38));
    let count =
        |test: &dyn Fn(&AreaStatistics) -> bool| areas.iter().filter(|area| test(area)).count() as f64;
    figures.add("NbClusters", Some(areas.len() as f64));
    figures.add("NbClusterUniqueCom", Some(count(&|area| area.zones == 1)));
    figures.add("NbClustersValidLess1", Some(count(&|area| area.validity < 1.0)));
    figures.add("NbClustersNoCentralCom", Some(count(&|area| area.central_zones == 0)));

    let column =
        |get: &dyn Fn(&AreaStatistics) -> Option<f64>| areas.iter().filter_map(get).collect::<Vec<f64>>();
    figures.mean_and_deviation("SC_demand_side", &column(&|area| area.sc_demand_side));
    figures.mean_and_deviation("SC_supply_side", &column(&|area| area.sc_supply_side));
    figures.quartiles("InternalCohesionFlows", &column(&|area| area.internal_cohesion_flows));
    figures.quartiles("InternalCohesionLink", &column(&|area| area.internal_cohesion_link));
    for (name, get) in [
        ("EMP_live", (|area| Some(area.residents)) as fn(&AreaStatistics) -> Option<f64>),
        ("EMP_work", |area| Some(area.workers)),
    ] {
        let values = column(&get);
        figures.quartiles(name, &values);
        figures.mean_and_deviation(name, &values);
        figures.extremes(name, &values);
    }
    let inside = column(&|area| Some(area.inside));
    figures.quartiles("EMP_live_work", &inside);
    figures.extremes("EMP_live_work", &inside);
    figures.mean_and_deviation("lma_commuter_percent", &column(&|area| area.commuter_ratio));
    figures.mean_and_deviation("Home_Work_Ratio", &column(&|area| area.home_work_ratio));
    figures.add("Q_modularity", modularity(flows, partition));
    figures.0
}

struct Figures(Vec<Figure>);

impl Figures {
    fn add(&mut self, name: impl Into<String>, value: Option<f64>) {
        self.0.push(Figure { name: name.into(), value });
    }

    fn mean_and_deviation(&mut self, name: &str, values: &[f64]) {
        self.add(format!("Mean.{name}"), mean(values));
        self.add(format!("Std.{name}"), standard_deviation(values));
    }

    fn quartiles(&mut self, name: &str, values: &[f64]) {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        self.add(format!("Q1.{name}"), quantile(&sorted, 0.25));
        self.add(format!("Q2.{name}"), quantile(&sorted, 0.5));
        self.add(format!("Q3.{name}"), quantile(&sorted, 0.75));
    }

    fn extremes(&mut self, name: &str, values: &[f64]) {
        self.add(format!("Min.{name}"), values.iter().copied().reduce(f64::min));
        self.add(format!("Max.{name}"), values.iter().copied().reduce(f64::max));
    }
}
