//! Commuters between areas as lines, few enough to be drawn at each zoom.

use serde::Serialize;
use utoipa::ToSchema;

/// `editions/{edition}/flow_map/{level}.json`: one level, from 0 (few groups of areas) to the last (areas as they are).
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FlowMap {
    /// Which level.
    pub level: usize,
    /// How many there are.
    pub levels: usize,
    /// Zoom of the map from which it is drawn.
    pub zoom: u8,
    /// Areas, or groups of areas.
    pub nodes: Vec<FlowNode>,
    /// Origin and destination (places in `nodes`) and persons, most first.
    pub flows: Vec<(u32, u32, f64)>,
    /// Persons who commute between different areas.
    pub between_areas: f64,
    /// Those of them on one of the `flows`.
    pub drawn: f64,
    /// Those of them who stay within a node.
    pub within_nodes: f64,
}

/// A node of a flow map.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FlowNode {
    /// Name of the largest area, and how many more.
    pub name: String,
    /// Longitude of the largest area, degrees east.
    pub lon: f64,
    /// Latitude of the largest area, degrees north.
    pub lat: f64,
    /// Area indices, ascending.
    pub areas: Vec<u32>,
    /// Persons who live and work in the node.
    pub inside: f64,
}
