//! Whether an itinerary keeps to everything. Shares no code with the planning.
