//! `distretto explain` with and without replicates.

use crate::command::distretto;
use crate::country::Country;

fn explain(country: &Country, args: &str) -> (String, String) {
    let args: Vec<&str> = std::iter::once("explain").chain(args.split(' ')).collect();
    let output = distretto(country.at(), &args);
    let [out, err] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    assert!(output.status.success(), "{err}");
    (out, err)
}

#[test]
fn say_how_sure_a_place_is_where_replicates_are_kept() {
    let country = Country::made();
    let zone = country.column("world/zones.csv", "code").remove(0);
    let of = |args: &str| explain(&country, &format!("{zone} --zone --study world/study.toml {args}"));
    let (plain, err) = of("--edition sure");
    assert!(!plain.contains("How sure"), "{plain}");
    assert!(err.contains("note: sure.replicates has no replicates"), "{err}");

    country.sure("world/study.toml --out sure --replicates 30 --quiet");
    let (sure, err) = of("--edition sure");
    assert_eq!(err, "");
    assert!(sure.starts_with(&plain), "what happened in the run is the same");
    assert!(sure.contains("How sure: 30 replicates (sampling, rule drawn anew)"), "{sure}");
    let row =
        country.column("sure/zone_certainty.csv", "zone").iter().position(|code| *code == zone).unwrap();
    let of_table = |column: &str| country.column("sure/zone_certainty.csv", column).remove(row);
    let [share, times] =
        ["membership_raw", "replicates"].map(|column| of_table(column).parse::<f64>().unwrap());
    assert!(
        sure.contains(&format!("in {:.0} of {times:.0} it belongs to the area ", share * times)),
        "{sure}"
    );
    let of_run = of_table("area");
    let (area, _) = explain(&country, &format!("{of_run} --area --study world/study.toml --edition sure"));
    assert!(area.contains("of 30 an area exists that shares more than half with it"), "{area}");

    // Kept elsewhere.
    let (kept, _) = of("--keep sure.replicates");
    assert_eq!(kept, sure);
    let (quiet, err) = of("--edition nowhere --quiet");
    assert_eq!((quiet, err.as_str()), (plain.clone(), ""));
    assert!(!country.at().join("nowhere.replicates").exists());

    // Of another study, damaged, or something else: said, and explained all the same.
    country.study("other.toml", |study| study.replace("[districts]", "[districts]\nindustry_lq = 1.1"));
    let (other, err) = explain(&country, &format!("{zone} --zone --study world/other.toml --edition sure"));
    assert!(err.contains("warning: ") && err.contains("[D0731]") && err.contains("industry_lq"), "{err}");
    assert_eq!(other, plain);
    country.write("sure.replicates/sampling+rule-999999-999999.parquet", "no table");
    let (damaged, err) = of("--edition sure");
    assert!(err.contains("warning: ") && err.contains("[D0732]"), "{err}");
    assert_eq!(damaged, plain);
    assert!(of("--keep world").1.contains("[D0801]"));
}
