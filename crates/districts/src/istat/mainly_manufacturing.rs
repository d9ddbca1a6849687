//! Step 1: the area is mainly manufacturing.
//!
//! Activities are grouped into eight macro-sectors. The area stays if its location quotient exceeds 1 in manufacturing, in business
//! services or in consumer services, and manufacturing prevails over both. Prevalence is the location quotient "in absolute
//! value", read as surplus employment, P.

use distretto_measures::{location_quotient, surplus_employment};

use super::IstatParameters;
use super::facts::{Sectors, unknown_jobs};
use crate::step::{Missing, Step, Test};

const TESTS: [Test; 3] = [Test::Specialised, Test::OverBusinessServices, Test::OverConsumerServices];

pub(super) fn steps(area: &Sectors, nation: &Sectors, parameters: &IstatParameters) -> [Step; 3] {
    if let Some(reason) = unknown_jobs([area.unknown, nation.unknown], parameters.largest_unknown_share) {
        return TESTS.map(|test| Step::missing(test, reason));
    }
    let pairs = [
        (area.manufacturing, nation.manufacturing),
        (area.business_services, nation.business_services),
        (area.consumer_services, nation.consumer_services),
    ];
    if pairs.iter().any(|&(_, nation)| nation == 0.0) {
        return TESTS.map(|test| Step::missing(test, Missing::NotInTable));
    }
    let quotients = pairs.map(|(e_is, e_s)| location_quotient(e_is, area.all, e_s, nation.all));
    let surpluses = pairs.map(|(e_is, e_s)| surplus_employment(e_is, area.all, e_s, nation.all));
    let ([Some(a), Some(b), Some(c)], [Some(manufacturing), Some(business), Some(consumer)]) =
        (quotients, surpluses)
    else {
        return TESTS.map(|test| Step::missing(test, Missing::NoJobs));
    };
    let estimated = area.estimated || nation.estimated;
    [
        Step::compare(Test::Specialised, a.max(b).max(c), parameters.sector_lq, estimated),
        Step::compare(Test::OverBusinessServices, manufacturing, business, estimated),
        Step::compare(Test::OverConsumerServices, manufacturing, consumer, estimated),
    ]
}
