//! Without personal data there is none, anywhere.

use distretto_roadbook::Words;

use crate::{all, tour};

#[test]
fn nothing_personal_is_in_any_output_unless_asked_for() {
    let mut made = tour::made();
    let mut marks: Vec<String> = Vec::new();
    let mut mark = |text: &mut String, what: &str, at: usize| {
        *text = format!("Zq{what}{at}Zq");
        marks.push(text.clone());
    };
    // Bases have contacts too.
    for base in &made.tour.frame.bases {
        made.personal.contacts.entry(base.code.clone()).or_default();
    }
    for (at, contact) in made.personal.contacts.values_mut().enumerate() {
        mark(&mut contact.name, "Name", at);
        mark(&mut contact.role, "Role", at);
        mark(&mut contact.phone, "Phone", at);
        mark(&mut contact.email, "Mail", at);
    }
    for (at, person) in made.personal.people.values_mut().enumerate() {
        mark(&mut person.name, "Traveller", at);
        mark(&mut person.phone, "Call", at);
        mark(&mut person.email, "Post", at);
        mark(&mut person.emergency, "Kin", at);
    }
    for (at, number) in made.emergency.people.iter_mut().enumerate() {
        mark(&mut number.who, "Leader", at);
        mark(&mut number.number, "Number", at);
    }
    made.tour.delegation.delegates[3].needs = vec!["ZqNeedZq".to_owned()];
    for words in [Words::english(), Words::italian()] {
        for (what, text) in all(&made.book(&words, false)) {
            assert!(!text.contains("Zq"), "{what}: {:?}", text.split("Zq").nth(1));
        }
        // The test looks for what is there: with personal data the pages show all that is of hosts visited, hotels and travellers.
        let pages = distretto_roadbook::html(&made.book(&words, true)).unwrap();
        let shown = marks.iter().filter(|mark| pages.contains(*mark)).count();
        // The airport's contact is not shown: nobody sleeps there.
        assert_eq!(shown, marks.len() - 4);
        // What a traveller needs is in no output, not even in one for travellers: it tells them of another's health.
        for (what, text) in all(&made.book(&words, true)) {
            assert!(!text.contains("ZqNeedZq"), "{what}");
        }
    }
}
