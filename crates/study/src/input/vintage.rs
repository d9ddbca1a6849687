//! Tables of other vintages, over the zones of the study.

use distretto_territory::Zones;

use super::Reading;
use crate::config::certainty::OtherVintage;
use crate::fault::{Fault, Result};
use crate::flows::FlowInput;
use crate::jobs::Jobs;

/// The tables of another vintage. What is absent is that of the study.
#[derive(Debug, Clone)]
pub struct VintageInput {
    /// What it is called.
    pub name: String,
    /// Its flows, over the zones of the study.
    pub flows: Option<FlowInput>,
    /// Its jobs, over the zones of the study.
    pub jobs: Option<Jobs>,
}

impl Reading<'_> {
    pub(super) fn vintage(&mut self, vintage: &OtherVintage, zones: &Zones) -> Result<VintageInput> {
        let flows = vintage.flows.as_ref().map(|flows| {
            self.within(&vintage.section("flows"), |reading, section| {
                reading.flows(section, flows, Some(zones))
            })
        });
        let flows = flows.transpose()?.map(|(flows, ..)| flows);
        let jobs = vintage.jobs.as_ref().map(|jobs| {
            self.within(&vintage.section("jobs"), |reading, section| reading.jobs(section, jobs, zones))
        });
        Ok(VintageInput { name: vintage.name.clone(), flows, jobs: jobs.transpose()?.map(|(jobs, _)| jobs) })
    }

    /// Reads a section; whatever is said without a place is said of it, since the study has another of its kind.
    fn within<T>(&mut self, section: &str, read: impl FnOnce(&mut Self, &str) -> Result<T>) -> Result<T> {
        let before = std::mem::take(&mut self.log);
        let result = read(self, section);
        let own = std::mem::replace(&mut self.log, before);
        for entry in own.entries() {
            self.log.add(placed(Box::new(entry.clone()), section));
        }
        result.map_err(|fault| placed(fault, section))
    }
}

fn placed(fault: Box<Fault>, section: &str) -> Box<Fault> {
    if fault.place.column.is_none() { fault.in_column(format!("[{section}]")) } else { fault }
}
