//! A tour as a folder of tables around `tour.toml`, and plans as files.
//!
//! | file | what | personal |
//! |---|---|---|
//! | `tour.toml` | title, days, bases, delegation, rules, where ways come from | no |
//! | `hosts.csv` | who can be visited: `code`, `name`, `kind`, `lon`, `lat`, `address`, `town`, `district`, `zone`, `industries`, `phases`, `practices`, `look_for`, `hours`, `country`, `time_zone`, `minutes`, `group`, `guides`, `stagger`, `languages`, `notice`, `meal`, `cost`, `meets`, `consent`, `valid_until` | no |
//! | `delegates.csv` | who travels: `code`, `role`, `country`, `languages`, `industries`, `phases`, `practices`, `kinds` (each `name*weight`), `needs` | no |
//! | `visits.csv` | what was agreed: `host`, `state`, `demand`, `start`, `day`, `minutes`, `extra` | no |
//! | `contacts.csv` | `host`, `name`, `role`, `phone`, `email` | yes |
//! | `people.csv` | `code`, `name`, `phone`, `email`, `emergency` | yes |
//! | `plan.json`, `plan.csv` | an itinerary | no |
//!
//! `docs/tours.md` describes each column. Tables may be CSV or Parquet, their columns in any order; lists in a field are divided by `;`. Costs
//! are in units of the currency with decimals (`12.50`) in files, in hundredths in the model. What is wrong with a file is a fault that
//! names file, row and column; the first error of a file ends its reading.
