//! What varies beside flows and rules: jobs alone, other years, ties.

use crate::country::{Country, assert_numbers};

#[test]
fn where_areas_are_given_only_districts_vary() {
    let country = Country::made();
    country.study("given.toml", |study| {
        let (before, after) = study.split_once("[areas]").unwrap();
        let (_, districts) = after.split_once("# Industrial districts").unwrap();
        format!(
            "{before}[areas]\npartition = {{ path = \"truth_areas.csv\" }}\n# Industrial districts{districts}"
        )
    });
    let (out, _) = country.sure("world/given.toml --out sure --replicates 30 --quiet");
    assert!(out.contains("In 30 redraws (sampling) there are "), "{out}");
    assert!(country.numbers("sure/zone_certainty.csv", "membership").iter().all(|&share| share == 1.0));
    assert!(country.column("sure/zone_certainty.csv", "kind").iter().all(|kind| kind == "core"));
    assert!(country.numbers("sure/area_certainty.csv", "existence").iter().all(|&share| share == 1.0));
    for (strength, separates) in country
        .numbers("sure/borders.csv", "strength")
        .into_iter()
        .zip(country.column("sure/borders.csv", "separates"))
    {
        assert_eq!(strength == 1.0, separates == "true");
    }
    let districts = country.numbers("sure/replicates.csv", "districts");
    assert!(districts.iter().any(|&number| number != districts[0]), "jobs are redrawn");
    assert_numbers(&country.at().join("sure"));

    // The same without flows.
    country.study("jobs.toml", |_| {
        let study = country.read("world/given.toml");
        let (before, after) = study.split_once("[flows]").unwrap();
        format!("{before}[borders]{}", after.split_once("[borders]").unwrap().1)
    });
    country.sure("world/jobs.toml --out jobs --replicates 30 --quiet");
    assert_eq!(country.numbers("jobs/replicates.csv", "districts"), districts);
    assert_numbers(&country.at().join("jobs"));
    for (vary, says) in [("rule", "nothing of the rule varies"), ("tie", "the areas are given")] {
        let err = country.refused(2, "D0013", &format!("world/given.toml --out no --vary {vary}"));
        assert!(err.contains(says), "{err}");
    }
}

#[test]
fn tables_of_another_year() {
    let country = Country::made();
    let size = "--zones 150 --seed 5 --noise 0.7 --scale 0.3 --no-register --quiet --out other";
    crate::command::ok(country.at(), &std::iter::once("world").chain(size.split(' ')).collect::<Vec<_>>());
    country.study_with(
        "years.toml",
        "[certainty]\nvary = ['vintage', 'tie']\n[[certainty.vintage]]\nname = '2001'\nflows = { path = '../other/flows.csv.gz' }",
    );
    country.sure("world/years.toml --out sure --replicates 30 --quiet");
    let replicates = |column: &str| country.column("sure/replicates.csv", column);
    let rows: Vec<(String, String, String)> = replicates("set")
        .into_iter()
        .zip(replicates("vintage"))
        .zip(replicates("areas"))
        .map(|((set, vintage), areas)| (set, vintage, areas))
        .collect();
    let [together, vintage, tie] = ["vintage+tie", "vintage", "tie"]
        .map(|wanted| rows.iter().filter(|(set, ..)| set == wanted).collect::<Vec<_>>());
    assert_eq!((together.len(), vintage.len(), tie.len()), (30, 30, 30));
    for set in [&together, &vintage] {
        for year in ["made", "2001"] {
            assert!(set.iter().filter(|(_, vintage, _)| vintage == year).count() > 5, "{year}");
        }
    }
    assert!(tie.iter().all(|(_, vintage, _)| vintage == "made"));
    // Without anything drawn there is one answer for each year.
    for year in ["made", "2001"] {
        let mut areas: Vec<&String> =
            vintage.iter().filter(|(_, vintage, _)| vintage == year).map(|(.., areas)| areas).collect();
        areas.dedup();
        assert_eq!(areas.len(), 1, "{year}");
    }
    let sources = country.column("sure/spread.csv", "source");
    assert_eq!(sources[..4], ["together", "vintage", "tie", "remainder"]);
    assert_numbers(&country.at().join("sure"));
}

#[test]
fn ties_are_broken_at_random() {
    // The zone 9 has the same to do with 1 as with 2.
    let country = Country::of_flows(
        "origin,destination,flow\n1,1,900\n1,2,20\n2,2,900\n2,1,20\n1,9,50\n2,9,50\n9,1,50\n9,2,50\n9,9,10\n",
    );
    let rule = "--min-size 100 --target-size 500 --min-sc 0.6 --target-sc 0.7";
    country.sure(&format!("flows.csv {rule} --vary tie --replicates 60 --out sure --quiet"));
    let zones = country.column("sure/zones.csv", "zone");
    let membership = country.numbers("sure/zones.csv", "membership");
    let at = |zone: &str| membership[zones.iter().position(|code| code == zone).unwrap()];
    assert_eq!((at("1"), at("2")), (1.0, 1.0));
    assert!((0.25..=0.75).contains(&at("9")), "{}", at("9"));
    let areas = country.numbers("sure/replicates.csv", "areas");
    assert!(areas.iter().all(|&areas| areas == 2.0));
}
