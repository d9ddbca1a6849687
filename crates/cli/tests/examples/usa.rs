//! The United States.
