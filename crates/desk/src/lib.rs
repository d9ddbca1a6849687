//! The planner's desk: tours read from folders or the store, travel times from elsewhere, plans and road books written.
//!
//! | module | concept |
//! |---|---|
//! | [`contradictions`] | what a tour may not say, wherever it is kept |
//! | [`folder`] | a tour as a folder of tables around `tour.toml`, and plans as files |
//! | [`ways`] | travel times from a matrix, from coordinates, from a server |
//! | [`store`] | tours, hosts, people and plans in a database; who may see and change them |
//! | [`book`] | the road book as files |

pub mod book;
pub mod contradictions;
pub mod folder;
pub mod store;
pub mod ways;
