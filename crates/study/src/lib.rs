//! study.toml, readers and writers, the edition and its report.
