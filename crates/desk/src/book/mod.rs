//! The road book as files.
