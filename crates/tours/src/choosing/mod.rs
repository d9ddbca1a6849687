//! Which districts and which hosts, and what a visit is worth.
