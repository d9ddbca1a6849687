//! Tours, hosts, people and plans in a database.
