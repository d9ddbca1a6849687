//! Small tours whose best plan follows on paper, one for each rule.

mod alternatives;
mod arranging;
mod bases;
mod checked;
mod days;
mod demands;
mod made;
mod many;
mod money;
mod nights;
mod random;
mod replanning;
mod times;
