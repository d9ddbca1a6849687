//! The best itinerary.
