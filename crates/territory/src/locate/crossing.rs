//! Crossing an edge, exactly.

use geo_types::Coord;
use robust::orient2d;

/// Twice the signed area of a triangle, its sign exact: above 0 where `p` lies to the left of the line from `a` to
/// `b`, 0 where it lies on it (Shewchuk 1997).
#[inline]
pub(super) fn orientation(a: Coord<f64>, b: Coord<f64>, p: Coord<f64>) -> f64 {
    let of = |c: Coord<f64>| robust::Coord { x: c.x, y: c.y };
    orient2d(of(a), of(b), of(p))
}

/// Whether a corner lies to the left of the line from `a` to `b`, which are not the same. Corners are taken as moved up
/// by an infinitesimal amount, and to the right by one infinitely smaller, so that none lies on an edge.
#[inline]
pub(super) fn is_left(a: Coord<f64>, b: Coord<f64>, corner: Coord<f64>) -> bool {
    let side = orientation(a, b, corner);
    if side != 0.0 {
        return side > 0.0;
    }
    if a.x == b.x { a.y > b.y } else { a.x < b.x }
}

/// Whether an edge crosses the level just above `y`.
#[inline]
pub(super) fn spans_y(a: Coord<f64>, b: Coord<f64>, y: f64) -> bool {
    (a.y <= y) != (b.y <= y)
}

/// Whether an edge crosses the vertical just to the right of `x`.
#[inline]
pub(super) fn spans_x(a: Coord<f64>, b: Coord<f64>, x: f64) -> bool {
    (a.x <= x) != (b.x <= x)
}

/// By how much the winding number of a ring changes on the way from one side of one of its edges to the other.
#[inline]
pub(super) fn change(was_left: bool, is_left: bool) -> i32 {
    i32::from(is_left) - i32::from(was_left)
}

/// By how much an edge changes the winding number of its ring on the way from `corner` up or down to the level of
/// `point`, then along it to `point`; `None` where the point lies on the edge.
#[inline]
pub(super) fn change_on_the_way(
    a: Coord<f64>,
    b: Coord<f64>,
    corner: Coord<f64>,
    point: Coord<f64>,
) -> Option<i32> {
    let bend = Coord { x: corner.x, y: point.y };
    let mut changed = 0;
    if spans_y(a, b, point.y) {
        let side = orientation(a, b, point);
        if side == 0.0 {
            return None;
        }
        changed += change(is_left(a, b, bend), side > 0.0);
    } else if touches_from_below(a, b, point) {
        return None;
    }
    if spans_x(a, b, corner.x) {
        changed += change(is_left(a, b, corner), is_left(a, b, bend));
    }
    Some(changed)
}

/// Whether a point lies on an edge that does not rise above it: on a level edge, or on the upper end of another.
#[inline]
fn touches_from_below(a: Coord<f64>, b: Coord<f64>, point: Coord<f64>) -> bool {
    if a.y != point.y && b.y != point.y {
        return false;
    }
    if a.y == b.y {
        return a.x.min(b.x) <= point.x && point.x <= a.x.max(b.x);
    }
    a == point || b == point
}
