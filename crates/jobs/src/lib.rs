//! The job cube: zone x activity x size class, with classifications and groupings.
