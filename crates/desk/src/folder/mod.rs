//! A tour as a folder of tables around `tour.toml`, and plans as files.
