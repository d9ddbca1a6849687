//! Indices, one file each.
