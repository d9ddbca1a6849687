//! Who travels, and who goes in which group.
//!
//! A plan says how many persons each group has, not which. The book suggests one division: those who travel along are dealt one to each group in turn, as far as there is
//! room; the delegates fill the groups in the order in which the tour lists them. So a group is "travellers 1 to 8", which needs no names.

use distretto_tours::plan::Slot;
use distretto_tours::tour::Person;
use serde::Serialize;

use super::Group;
use crate::book::Book;
use crate::text;

/// Who travels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Party {
    /// Persons in all.
    pub people: u32,
    /// Persons who travel along: interpreters, guides.
    pub staff: u32,
    /// Languages into which an interpreter translates, as two letters.
    pub interpreted: Vec<String>,
    /// The delegates, in the order of the tour.
    pub travellers: Vec<Traveller>,
    /// How many of each role and country, in the order in which they first appear.
    pub roles: Vec<Role>,
}

/// A delegate. What they need is not told: it speaks of their health, and the planner has it in the table of delegates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Traveller {
    /// Number in the list, from 1.
    pub number: usize,
    /// What they do; empty where unknown.
    pub role: String,
    /// Where they come from, as two letters of ISO 3166-1; empty where unknown.
    pub country: String,
    /// Languages they understand, best first, as two letters.
    pub languages: Vec<String>,
    /// Who they are. Personal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
}

/// How many delegates do the same and come from the same country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Role {
    /// What they do; empty where unknown.
    pub role: String,
    /// Where they come from; empty where unknown.
    pub country: String,
    /// How many.
    pub count: usize,
}

pub(super) fn party(book: &Book<'_>) -> Party {
    let delegation = &book.tour.delegation;
    let mut travellers = Vec::with_capacity(delegation.delegates.len());
    let mut roles: Vec<Role> = Vec::new();
    for (at, delegate) in delegation.delegates.iter().enumerate() {
        let (role, country) = (text::line(&delegate.role), text::line(&delegate.country));
        match roles.iter_mut().find(|known| known.role == role && known.country == country) {
            Some(known) => known.count += 1,
            None => roles.push(Role { role: role.clone(), country: country.clone(), count: 1 }),
        }
        travellers.push(Traveller {
            number: at + 1,
            role,
            country,
            languages: text::lines(&delegate.languages),
            person: book.personal.and_then(|personal| personal.people.get(&delegate.code)).map(|person| {
                Person {
                    name: text::line(&person.name),
                    phone: text::line(&person.phone),
                    email: text::line(&person.email),
                    emergency: text::line(&person.emergency),
                }
            }),
        });
    }
    Party {
        people: delegation.people(),
        staff: delegation.staff,
        interpreted: text::lines(&delegation.interpreted),
        travellers,
        roles,
    }
}

/// Who goes in which group.
pub(super) fn groups(party: &Party, slots: &[Slot]) -> Vec<Group> {
    let mut staff: Vec<u32> = vec![0; slots.len()];
    let mut left = party.staff;
    while left > 0 {
        let mut dealt = false;
        for (slot, staff) in slots.iter().zip(&mut staff) {
            if left > 0 && *staff < slot.people {
                *staff += 1;
                left -= 1;
                dealt = true;
            }
        }
        if !dealt {
            break;
        }
    }
    let mut next = 1;
    slots
        .iter()
        .zip(staff)
        .enumerate()
        .map(|(at, (slot, staff))| {
            let room = (slot.people - staff) as usize;
            let last = (next + room - usize::from(room > 0)).min(party.travellers.len());
            let travellers = (room > 0 && next <= last).then_some((next, last));
            if travellers.is_some() {
                next = last + 1;
            }
            Group {
                number: at + 1,
                starts: slot.starts,
                ends: slot.ends,
                people: slot.people,
                travellers,
                staff,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn staff_is_dealt_and_delegates_fill_the_groups_in_order() {
        let time = NaiveDate::from_ymd_opt(2005, 11, 16).unwrap().and_hms_opt(9, 0, 0).unwrap();
        let slot = |people| Slot { people, starts: time, ends: time };
        let traveller = |number| Traveller {
            number,
            role: String::new(),
            country: String::new(),
            languages: Vec::new(),
            person: None,
        };
        let party = Party {
            people: 19,
            staff: 2,
            interpreted: Vec::new(),
            travellers: (1..=17).map(traveller).collect(),
            roles: Vec::new(),
        };
        let who = |slots: &[Slot]| -> Vec<(Option<(usize, usize)>, u32)> {
            groups(&party, slots).iter().map(|group| (group.travellers, group.staff)).collect()
        };
        assert_eq!(
            who(&[slot(7), slot(6), slot(6)]),
            [(Some((1, 6)), 1), (Some((7, 11)), 1), (Some((12, 17)), 0)]
        );
        // Slots of a plan made by hand may be too many or too few: nobody is named twice, nobody who is not there.
        assert_eq!(who(&[slot(1), slot(1), slot(30)]), [(None, 1), (None, 1), (Some((1, 17)), 0)]);
        assert_eq!(who(&[slot(0), slot(3)]), [(None, 0), (Some((1, 1)), 2)]);
    }
}
