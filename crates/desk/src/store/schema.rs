//! The tables, version by version.
//!
//! What is written here is never changed, only added to: a store of an older version is brought up step by step when it is opened.

/// The version of the tables that this program knows.
pub const VERSION: i64 = STEPS.len() as i64;

/// The table that says which version the others have; it is the same in every version.
pub(super) const META: &str =
    "CREATE TABLE IF NOT EXISTS desk_meta (id BIGINT PRIMARY KEY, version BIGINT NOT NULL)";

/// What has PostgreSQL clear away what was deleted from the tables that name persons.
pub(super) const CLEARED: [&str; 9] = [
    "VACUUM desk_contacts",
    "VACUUM desk_people",
    "VACUUM desk_emergency",
    "VACUUM desk_tours",
    "VACUUM desk_events",
    "VACUUM desk_plans",
    "VACUUM desk_shares",
    "VACUUM desk_users",
    "VACUUM desk_sessions",
];

/// What leads from each version to the next, beginning with an empty database. Only what SQLite and PostgreSQL both understand.
pub(super) const STEPS: [&[&str]; 4] = [
    &[
    "CREATE TABLE desk_users (
        name TEXT NOT NULL PRIMARY KEY, hash TEXT NOT NULL, role TEXT NOT NULL, disabled BIGINT NOT NULL)",
    "CREATE TABLE desk_sessions (
        token TEXT NOT NULL PRIMARY KEY,
        user_name TEXT NOT NULL REFERENCES desk_users (name) ON DELETE CASCADE,
        created BIGINT NOT NULL, seen BIGINT NOT NULL)",
    "CREATE TABLE desk_tours (
        id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL, hosts BIGINT NOT NULL, delegates BIGINT NOT NULL,
        first_day TEXT NOT NULL, last_day TEXT NOT NULL, document TEXT NOT NULL, revision BIGINT NOT NULL,
        changed BIGINT NOT NULL, user_name TEXT NOT NULL, events BIGINT NOT NULL)",
    "CREATE TABLE desk_plans (
        tour TEXT NOT NULL REFERENCES desk_tours (id) ON DELETE CASCADE,
        name TEXT NOT NULL, document TEXT NOT NULL, revision BIGINT NOT NULL, changed BIGINT NOT NULL,
        user_name TEXT NOT NULL, PRIMARY KEY (tour, name))",
    "CREATE TABLE desk_contacts (
        tour TEXT NOT NULL REFERENCES desk_tours (id) ON DELETE CASCADE,
        code TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, phone TEXT NOT NULL, email TEXT NOT NULL,
        PRIMARY KEY (tour, code))",
    "CREATE TABLE desk_people (
        tour TEXT NOT NULL REFERENCES desk_tours (id) ON DELETE CASCADE,
        code TEXT NOT NULL, name TEXT NOT NULL, phone TEXT NOT NULL, email TEXT NOT NULL, emergency TEXT NOT NULL,
        PRIMARY KEY (tour, code))",
    "CREATE TABLE desk_shares (
        token TEXT NOT NULL PRIMARY KEY, id TEXT NOT NULL UNIQUE, tour TEXT NOT NULL, plan TEXT NOT NULL,
        user_name TEXT NOT NULL, created BIGINT NOT NULL, expires BIGINT NOT NULL, revoked BIGINT NOT NULL,
        FOREIGN KEY (tour, plan) REFERENCES desk_plans (tour, name) ON DELETE CASCADE)",
    "CREATE TABLE desk_events (
        tour TEXT NOT NULL REFERENCES desk_tours (id) ON DELETE CASCADE,
        number BIGINT NOT NULL, happened BIGINT NOT NULL, user_name TEXT NOT NULL, what TEXT NOT NULL, about TEXT NOT NULL,
        PRIMARY KEY (tour, number))",
],
    &[
        // The number of the event that wrote it, so that no revision comes twice, even where what was erased is entered again.
        "ALTER TABLE desk_contacts ADD COLUMN revision BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE desk_people ADD COLUMN revision BIGINT NOT NULL DEFAULT 0",
        "UPDATE desk_contacts SET revision = (SELECT events FROM desk_tours WHERE id = desk_contacts.tour)",
        "UPDATE desk_people SET revision = (SELECT events FROM desk_tours WHERE id = desk_people.tour)",
        "CREATE TABLE desk_emergency (
            tour TEXT NOT NULL REFERENCES desk_tours (id) ON DELETE CASCADE,
            number BIGINT NOT NULL, who TEXT NOT NULL, phone TEXT NOT NULL, PRIMARY KEY (tour, number))",
        "CREATE TABLE desk_extras (
            tour TEXT NOT NULL PRIMARY KEY REFERENCES desk_tours (id) ON DELETE CASCADE,
            ways TEXT NOT NULL, found TEXT NOT NULL, chains TEXT NOT NULL, numbers TEXT NOT NULL,
            edition TEXT NOT NULL, edition_hash TEXT NOT NULL, mark TEXT NOT NULL)",
    ],
    &["ALTER TABLE desk_extras ADD COLUMN code TEXT NOT NULL DEFAULT ''"],
    &[
        // The revision of the tour with which the plan was saved; 0 where nobody knows.
        "ALTER TABLE desk_plans ADD COLUMN tour_revision BIGINT NOT NULL DEFAULT 0",
        // The highest number of an event of any tour that was removed: a tour of the same name begins above it, so that no revision comes twice.
        "CREATE TABLE desk_removed (id BIGINT NOT NULL PRIMARY KEY, events BIGINT NOT NULL)",
        "INSERT INTO desk_removed (id, events) VALUES (1, 0)",
    ],
];
