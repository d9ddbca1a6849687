//! Cohesion: how strongly two places are tied.

/// coh(c,k) = F(c,k)/L_c F(c,k)/W_k + F(k,c)/L_k F(k,c)/W_c for two disjoint places c and k.
///
/// `out` is F(c,k), `into` F(k,c), `zone` is (L_c, W_c), `cluster` (L_k, W_k), all in one unit. Products go from
/// left to right; a term with a zero denominator is 0. Range 0..=2. Symmetric in c and k.
/// Source: Coombes & Bond (2008), as computed by LabourMarketAreas 3.4.
pub fn cohesion(out: f64, into: f64, zone: (f64, f64), cluster: (f64, f64)) -> f64 {
    let term = |flow: f64, residents: f64, workers: f64| {
        if residents == 0.0 || workers == 0.0 { 0.0 } else { flow / residents * flow / workers }
    };
    term(out, zone.0, cluster.1) + term(into, cluster.0, zone.1)
}

/// An area ranked by its cohesion with the place at hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranked {
    /// Area index.
    pub area: u32,
    /// Cohesion.
    pub cohesion: f64,
    /// Whether a flow row leads from the area into the place.
    pub sends: bool,
}

/// Best first. Of equals an area that only receives from the place precedes one that sends to it, then the highest
/// area precedes.
pub fn rank(candidates: &mut [Ranked]) {
    candidates.sort_unstable_by(|a, b| {
        b.cohesion.total_cmp(&a.cohesion).then(a.sends.cmp(&b.sends)).then(b.area.cmp(&a.area))
    });
}
