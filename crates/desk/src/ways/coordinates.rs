//! Travel times from coordinates: a convention with stated numbers.

use distretto_roadbook::Words;
use distretto_territory::geodesy::distance_m;
use distretto_tours::Travel;
use distretto_tours::travel::{Leg, Way};
use geo_types::Point;

use super::Stop;

/// Roads of which nothing is known but where they begin and end.
///
/// The length of a road is the distance on the ellipsoid times `factor`. Its first kilometres, up to the end of the first band, are driven at
/// the speed of that band, the next at that of the second, and so on: the way out of a town, roads, motorways. So a longer road never takes
/// less time. The numbers of [`Roads::default`] are a convention, not measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Roads {
    /// Length of the road over the distance on the ellipsoid, 1 to 10.
    pub factor: f64,
    /// Kilometres of road at which each band ends, ascending, and its speed in km/h, 1 to 200.
    pub bands: Vec<(f64, f64)>,
    /// Speed beyond the last band, in km/h.
    pub rest: f64,
}

impl Default for Roads {
    /// A factor of 1.3; 30 km/h for the first 10 km of road, 55 km/h for the next 40 km, 80 km/h beyond.
    fn default() -> Self {
        Self { factor: 1.3, bands: vec![(10.0, 30.0), (50.0, 55.0)], rest: 80.0 }
    }
}

impl Roads {
    /// The way between two positions in degrees.
    pub fn leg(&self, from: (f64, f64), to: (f64, f64)) -> Leg {
        let metres = distance_m(Point::new(from.0, from.1), Point::new(to.0, to.1)) * self.factor;
        self.leg_of(metres.round() as u32)
    }

    /// The way along a road of this length. Time is counted in milliseconds, up in each band, then minutes up.
    pub fn leg_of(&self, metres: u32) -> Leg {
        let (mut begins, mut milliseconds) = (0, 0_u64);
        let ends = self.bands.iter().map(|&(km, speed)| (((km * 1000.0).round() as u32).min(metres), speed));
        for (end, speed) in ends.chain([(metres, self.rest)]) {
            let length = end.saturating_sub(begins);
            milliseconds += (f64::from(length) * 3600.0 / speed).ceil() as u64;
            begins = begins.max(end);
        }
        let minutes = u32::try_from(milliseconds.div_ceil(60_000)).unwrap_or(u32::MAX);
        Leg { minutes, metres: Some(metres) }
    }

    /// The ways between these places.
    pub(super) fn travel(&self, places: &[Stop]) -> Travel {
        let mut travel =
            Travel::new(places.iter().map(|place| place.code.as_str()), self.in_words(&Words::english()));
        for (at, from) in places.iter().enumerate() {
            for to in &places[at + 1..] {
                let way = Way::Leg(self.leg((from.lon, from.lat), (to.lon, to.lat)));
                travel.set(&from.code, &to.code, way);
                travel.set(&to.code, &from.code, way);
            }
        }
        travel
    }

    /// How the times come about, for the reader of a plan.
    pub(super) fn in_words(&self, words: &Words) -> String {
        let number = |number: f64| words.decimal(number);
        let mut parts = vec![words.say("ways.coordinates", &[("factor", &number(self.factor))])];
        let mut begins = 0.0;
        for (end, speed) in &self.bands {
            let message = if begins == 0.0 { "ways.band_first" } else { "ways.band_next" };
            parts.push(words.say(message, &[("speed", &number(*speed)), ("km", &number(end - begins))]));
            begins = *end;
        }
        let message = if begins == 0.0 { "ways.throughout" } else { "ways.beyond" };
        parts.push(words.say(message, &[("speed", &number(self.rest))]));
        parts.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn times_follow_on_paper() {
        let roads = Roads::default();
        let minutes = |metres: u32| roads.leg_of(metres).minutes;
        // 30 km/h: 500 m a minute.
        assert_eq!([minutes(0), minutes(1), minutes(500), minutes(501)], [0, 1, 1, 2]);
        assert_eq!(minutes(10_000), 20);
        // Then 55 km/h: 11 km in 12 minutes.
        assert_eq!(minutes(21_000), 32);
        // 40 km in 43.64 minutes; then 80 km/h: 80 km in 60 minutes.
        assert_eq!(minutes(50_000), 64);
        assert_eq!(minutes(130_000), 124);
    }

    #[test]
    fn a_leg_is_the_geodesic_times_the_factor() {
        // One degree along the equator is 111 319.49 m on WGS 84.
        let roads = Roads { factor: 2.0, bands: vec![], rest: 60.0 };
        let leg = roads.leg((10.0, 0.0), (11.0, 0.0));
        assert_eq!((leg.metres, leg.minutes), (Some(222_639), 223));
    }

    #[test]
    fn the_numbers_are_said() {
        assert_eq!(
            Roads::default().in_words(&Words::english()),
            "distance on the ellipsoid times 1.3, 30 km/h for the first 10 km, 55 km/h for the next 40 km, 80 km/h beyond"
        );
        let plain = Roads { factor: 1.0, bands: vec![], rest: 50.0 };
        assert_eq!(
            plain.in_words(&Words::english()),
            "distance on the ellipsoid times 1, 50 km/h throughout"
        );
        assert_eq!(
            Roads::default().in_words(&Words::italian()),
            "distanza sull'ellissoide per 1,3, 30 km/h per i primi 10 km, 55 km/h per i 40 km seguenti, 80 km/h oltre"
        );
    }

    proptest! {
        #[test]
        fn a_longer_road_never_takes_less_time(
            metres in 0_u32..2_000_000,
            more in 0_u32..5_000,
            steps in prop::collection::vec((0.01_f64..50.0, 1.0_f64..200.0), 0..5),
            rest in 1.0_f64..200.0,
        ) {
            let mut end = 0.0;
            let bands = steps.into_iter().map(|(length, speed)| { end += length; (end, speed) }).collect();
            let roads = Roads { factor: 1.3, bands, rest };
            let (short, long) = (roads.leg_of(metres), roads.leg_of(metres + more));
            prop_assert!(short.minutes <= long.minutes);
        }

        #[test]
        fn time_is_within_a_minute_of_the_formula(metres in 0_u32..2_000_000) {
            let km = f64::from(metres) / 1000.0;
            let exact = km.min(10.0) / 30.0 + (km.min(50.0) - 10.0).max(0.0) / 55.0 + (km - 50.0).max(0.0) / 80.0;
            let minutes = f64::from(Roads::default().leg_of(metres).minutes);
            prop_assert!(minutes >= exact * 60.0 - 1e-6 && minutes < exact * 60.0 + 1.001);
        }
    }
}
