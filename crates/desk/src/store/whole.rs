//! A tour put with all that belongs to it, at once.

use std::collections::BTreeSet;

use distretto_study::fault::{Code, Fault, Log, Result, listed};
use distretto_tours::tour::Personal;
use distretto_tours::{Plan, Tour};

use super::extras::write_extras;
use super::faults::told;
use super::personal::write_personal;
use super::plans::{self, write_plan};
use super::tours::{self, write_tour};
use super::{By, Extras, Store, What, check_name};

/// How many a message names.
const NAMED: usize = 20;

/// A tour with all that belongs to it.
#[derive(Debug, Clone, Copy)]
pub struct WholeTour<'a> {
    /// The tour.
    pub tour: &'a Tour,
    /// Its contacts and travellers.
    pub personal: &'a Personal,
    /// What stands beside it.
    pub extras: &'a Extras,
    /// A plan with its name.
    pub plan: Option<(&'a str, &'a Plan)>,
}

impl WholeTour<'_> {
    /// Whether it can be put under this name.
    ///
    /// # Errors
    /// D1057 for a name of tour or plan that cannot be one.
    pub fn check_names(&self, id: &str) -> Result<()> {
        check_name("tour", id)?;
        self.plan.map_or(Ok(()), |(name, _)| check_name("plan", name))
    }
}

impl Store {
    /// Warns where putting this tour in the place of the one that is there brings back somebody who was erased there: a contact, a traveller, or what a traveller needs.
    /// Numbers to call have no code, and the log names no person: of them nothing is known.
    ///
    /// # Errors
    /// D1052 and D1056.
    pub async fn warn_of_return(&self, id: &str, whole: &WholeTour<'_>, log: &mut Log) -> Result<()> {
        if self.tour_revision(id).await? == 0 {
            return Ok(());
        }
        let kept = self.personal(id).await?.personal;
        let erased = self.erased_codes(id).await?;
        let with_needs = |tour: &Tour| -> BTreeSet<String> {
            let delegates = tour.delegation.delegates.iter().filter(|delegate| !delegate.needs.is_empty());
            delegates.map(|delegate| delegate.code.clone()).collect()
        };
        let contacts = whole.personal.contacts.keys().filter(|code| !kept.contacts.contains_key(*code));
        let people = whole.personal.people.keys().filter(|code| !kept.people.contains_key(*code));
        let known = match self.tour(id).await {
            Ok(there) => with_needs(&there.document),
            // It is replaced because it cannot be read.
            Err(fault) if fault.code == Code::StoreDamaged => BTreeSet::new(),
            Err(fault) => return Err(fault),
        };
        let needs = with_needs(whole.tour).into_iter().filter(|code| !known.contains(code));
        let new: BTreeSet<String> = contacts.chain(people).cloned().chain(needs).collect();
        let back: Vec<&String> = new.iter().filter(|code| erased.contains(*code)).collect();
        if !back.is_empty() {
            let what = format!("the tour brings back who was erased in the store: {}", listed(&back, NAMED));
            log.add(Fault::new(Code::StoreReturn, what)
                .because("they still stand in the folder of the tour")
                .hint("erase them from the folder with `distretto tour forget` and from the store with `distretto tour store forget`, unless they have agreed"));
        }
        Ok(())
    }

    /// Puts a tour with all that belongs to it: all of it, or nothing. Where `replace` is set, it takes the place of a tour of this name and its plan that of
    /// a plan of that name; other plans of the tour stay.
    ///
    /// # Errors
    /// D1057 as [`WholeTour::check_names`]; D1058 where there is a tour of this name and `replace` is not set; D1160 where all is put, and traces of
    /// what was personal before are left.
    pub async fn put_whole(&self, id: &str, whole: &WholeTour<'_>, replace: bool, by: By<'_>) -> Result<()> {
        whole.check_names(id)?;
        let mut tx = self.begin().await?;
        let seen = tours::revision(&mut tx, id).await?;
        if seen > 0 && !replace {
            return Err(Fault::new(Code::StoreTaken, format!("there is a tour `{id}` in the store already"))
                .hint("say `--replace` to put this one in its place, whatever has been changed there; or choose another name"));
        }
        write_tour(&mut tx, id, whole.tour, seen, by, What::PutTour, "").await?;
        write_personal(&mut tx, id, whole.personal, &whole.extras.emergency.people, by).await?;
        write_extras(&mut tx, id, whole.extras).await?;
        if let Some((name, plan)) = whole.plan {
            let seen = plans::revision(&mut tx, id, name).await?;
            write_plan(&mut tx, id, name, plan, seen, by).await?;
        }
        tx.commit().await.map_err(told)?;
        if seen > 0 { self.forget("what was personal of the tour before").await } else { Ok(()) }
    }
}
