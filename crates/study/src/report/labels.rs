//! Names on a map, largest first, where they find room.

use super::svg::Anchor;

/// A name that wants a place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted<'a> {
    pub text: &'a str,
    pub at: [f64; 2],
}

/// A name with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed<'a> {
    pub text: &'a str,
    /// What is named.
    pub point: [f64; 2],
    /// Where the text is held.
    pub at: [f64; 2],
    pub anchor: Anchor,
}

/// Places names beside their points, in order of importance: to the right, left, above, below; a name that finds no room
/// within `size` or would cover another is left out. `height` is that of a line of text. At most `most` names.
pub(super) fn place<'a>(wanted: &[Wanted<'a>], size: [f64; 2], height: f64, most: usize) -> Vec<Placed<'a>> {
    let mut placed = Vec::new();
    let mut taken: Vec<[f64; 4]> = Vec::new();
    for name in wanted {
        if placed.len() == most {
            break;
        }
        let [x, y] = name.at;
        // Bold letters are about two thirds as wide as a line is high.
        let width = name.text.chars().count() as f64 * height * 0.66;
        let gap = height * 0.45;
        let middle = y + height * 0.35;
        let choices = [
            ([x + gap, middle], Anchor::Start, x + gap),
            ([x - gap, middle], Anchor::End, x - gap - width),
            ([x, y - gap], Anchor::Middle, x - width / 2.0),
            ([x, y + gap + height * 0.8], Anchor::Middle, x - width / 2.0),
        ];
        let free = choices.into_iter().find_map(|(at, anchor, left)| {
            let area = [left, at[1] - height, left + width, at[1] + height * 0.25];
            let inside = area[0] >= 0.0 && area[1] >= 0.0 && area[2] <= size[0] && area[3] <= size[1];
            let clear = taken.iter().all(|other| {
                area[2] < other[0] || other[2] < area[0] || area[3] < other[1] || other[3] < area[1]
            });
            (inside && clear).then_some((at, anchor, area))
        });
        if let Some((at, anchor, area)) = free {
            taken.push(area);
            taken.push([x - gap, y - gap, x + gap, y + gap]);
            placed.push(Placed { text: name.text, point: name.at, at, anchor });
        }
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_cover_each_other_and_stay_on_the_sheet() {
        let wanted = [
            Wanted { text: "Large", at: [50.0, 50.0] },
            Wanted { text: "Beside", at: [49.0, 62.0] },
            Wanted { text: "At the very edge", at: [199.0, 90.0] },
            Wanted { text: "Again", at: [50.0, 50.0] },
        ];
        let placed = place(&wanted, [200.0, 100.0], 10.0, 9);
        assert_eq!(placed[0].anchor, Anchor::Start);
        assert_ne!(placed[1].anchor, Anchor::Start);
        assert_eq!(placed[2].anchor, Anchor::End);
        assert_eq!(place(&wanted, [200.0, 100.0], 10.0, 1).len(), 1);
    }
}
