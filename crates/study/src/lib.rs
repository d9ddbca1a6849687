//! study.toml, readers and writers, the edition and its report.
//!
//! | module | concept |
//! |---|---|
//! | [`config`] | `study.toml`: keys, defaults, schema |
//! | [`fault`] | what can be wrong, and how it is said: one catalogue of codes |
//! | [`tables`] | tables of any format as record batches |
//! | [`spatial`] | borders and shapes from and to files |
//! | [`zones`], [`flows`], [`jobs`], [`borders`] | what a study is made of, read and checked |
//! | [`engine`] | tables that come from queries and micro-data |
//! | [`input`] | all of it together |
//! | [`mod@check`], [`mod@plan`], [`init`] | before a run |
//! | [`mod@run`] | the main job |
//! | [`certainty`] | how sure its answer is |
//! | [`disclosure`] | what of it is withheld where it comes from micro-data |
//! | [`mod@explain`] | its answer in words |
//! | [`edition`], [`mod@report`] | its answer as files |
//! | [`stages`] | single stages without a study |
//! | [`stopwatch`] | stages announced and timed |
//! | [`temporary`] | files that must not outlive the program |

pub mod borders;
pub mod certainty;
pub mod check;
pub mod config;
pub mod disclosure;
pub mod edition;
pub mod engine;
pub mod explain;
pub mod fault;
pub mod flows;
pub mod init;
pub mod input;
pub mod jobs;
pub mod plan;
pub mod report;
pub mod run;
pub mod spatial;
pub mod stages;
pub mod stopwatch;
pub mod tables;
pub mod temporary;
mod words;
pub mod zones;
