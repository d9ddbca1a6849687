//! Where days begin and end.

use crate::frame::Frame;
use crate::plan::Plan;

/// Where days begin and end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bases {
    /// Codes of the base where each day begins, and where it ends.
    pub days: Vec<(String, String)>,
}

impl Bases {
    /// Where the days of a plan begin and end.
    pub fn of(plan: &Plan) -> Self {
        Self { days: plan.days.iter().map(|day| (day.from.clone(), day.to.clone())).collect() }
    }

    /// The first of all choices; without bases for a frame that allows none.
    pub fn first(frame: &Frame) -> Self {
        let choices = Choices::of(frame);
        choices.bases(&vec![0; choices.dials.len()])
    }

    /// What the nights cost, in hundredths of the currency.
    pub fn cost(&self, frame: &Frame) -> u64 {
        let nights = self.days.iter().rev().skip(1);
        let cost =
            |code: &String| frame.bases.iter().find(|base| base.code == *code).map_or(0, |base| base.cost);
        nights.fold(0u64, |sum, (_, to)| sum.saturating_add(cost(to)))
    }
}

/// All that can be chosen, each with its options.
#[derive(Debug, Clone)]
pub(super) struct Choices {
    days: usize,
    dials: Vec<Dial>,
}

/// Something that can be chosen, with codes of bases in the order in which the frame gives them.
#[derive(Debug, Clone)]
struct Dial {
    what: Dialled,
    options: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialled {
    /// Where a day begins.
    From(usize),
    /// Where a day ends.
    To(usize),
    /// Where all days but the last end.
    Nights,
}

impl Choices {
    /// What a frame leaves to be chosen.
    pub fn of(frame: &Frame) -> Self {
        let days = frame.days.len();
        let hotel = |code: &String| frame.bases.iter().any(|base| base.code == *code && base.hotel);
        let mut dials = Vec::new();
        let one_hotel = frame.one_hotel && days > 1;
        if one_hotel {
            let nights = &frame.days[..days - 1];
            let options = nights[0].to.iter().filter(|code| hotel(code));
            let everywhere = options.filter(|code| nights.iter().all(|day| day.to.contains(code)));
            dials.push(Dial { what: Dialled::Nights, options: once(everywhere) });
        }
        for (index, day) in frame.days.iter().enumerate() {
            if !day.from.is_empty() {
                dials.push(Dial { what: Dialled::From(index), options: once(day.from.iter()) });
            }
            if index + 1 == days {
                dials.push(Dial { what: Dialled::To(index), options: once(day.to.iter()) });
            } else if !one_hotel {
                dials.push(Dial {
                    what: Dialled::To(index),
                    options: once(day.to.iter().filter(|code| hotel(code))),
                });
            }
        }
        Self { days, dials }
    }

    /// Whether something has no option.
    pub fn is_empty(&self) -> bool {
        self.dials.iter().any(|dial| dial.options.is_empty())
    }

    /// How many options each has.
    pub fn options(&self) -> Vec<usize> {
        self.dials.iter().map(|dial| dial.options.len()).collect()
    }

    /// How many choices there are in all.
    pub fn count(&self) -> usize {
        self.dials.iter().fold(1, |count, dial| count.saturating_mul(dial.options.len()))
    }

    /// Pairs of what can be chosen that meet in a day or a night.
    pub fn tied(&self) -> Vec<(usize, usize)> {
        let all_nights = self.dials.first().is_some_and(|dial| dial.what == Dialled::Nights);
        let next = (1..self.dials.len()).map(|dial| (dial - 1, dial));
        let with_nights = (2..self.dials.len()).filter(|_| all_nights).map(|dial| (0, dial));
        next.chain(with_nights).collect()
    }

    /// All choices, the last option fastest.
    pub fn all(&self) -> Vec<Vec<usize>> {
        self.dials.iter().fold(vec![Vec::new()], |chosen, dial| {
            let longer = |before: Vec<usize>| {
                (0..dial.options.len()).map(move |option| {
                    let mut with = before.clone();
                    with.push(option);
                    with
                })
            };
            chosen.into_iter().flat_map(longer).collect()
        })
    }

    /// The choice that makes these bases, if there is one.
    pub fn chosen(&self, bases: &Bases) -> Option<Vec<usize>> {
        let chosen: Option<Vec<usize>> = self
            .dials
            .iter()
            .map(|dial| {
                let code = match dial.what {
                    Dialled::From(day) => bases.days.get(day).map(|(from, _)| from),
                    Dialled::To(day) => bases.days.get(day).map(|(_, to)| to),
                    Dialled::Nights => bases.days.first().map(|(_, to)| to),
                }?;
                dial.options.iter().position(|option| option == code)
            })
            .collect();
        chosen.filter(|chosen| self.bases(chosen) == *bases)
    }

    /// The bases of a choice.
    pub fn bases(&self, chosen: &[usize]) -> Bases {
        let mut days = vec![(String::new(), String::new()); self.days];
        let mut given = vec![false; self.days];
        for (dial, &option) in self.dials.iter().zip(chosen) {
            let code = dial.options.get(option).cloned().unwrap_or_default();
            match dial.what {
                Dialled::From(day) => {
                    days[day].0 = code;
                    given[day] = true;
                }
                Dialled::To(day) => days[day].1 = code,
                Dialled::Nights => days[..self.days - 1].iter_mut().for_each(|day| day.1.clone_from(&code)),
            }
        }
        let mut last = String::new();
        for (day, given) in days.iter_mut().zip(given) {
            if !given {
                day.0.clone_from(&last);
            }
            last.clone_from(&day.1);
        }
        Bases { days }
    }
}

/// Codes in their order, each once.
fn once<'a>(codes: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for code in codes {
        if !found.contains(code) {
            found.push(code.clone());
        }
    }
    found
}
