//! How to cite what is shown, and how to make it again.

use crate::report::ReportMeta;
use crate::report::facts::Facts;
use crate::report::html::Html;

/// A published method: what it was used for, its reference, its DOI.
struct Method {
    what: &'static str,
    reference: &'static str,
    doi: Option<&'static str>,
}

const EU_TTWA: Method = Method {
    what: "Labour market areas",
    reference: "M. Coombes and S. Bond (2008), Travel-to-Work Areas: the 2007 review, Office for National Statistics",
    doi: None,
};
const REFERENCE: Method = Method {
    what: "Reference implementation",
    reference: "D. Ichim, L. Franconi, M. D'Alò and G. van den Heuvel (2023), LabourMarketAreas, R package, version 3.4",
    doi: Some("10.32614/CRAN.package.LabourMarketAreas"),
};
const ISTAT: Method = Method {
    what: "Industrial districts",
    reference: "the Sforzi-ISTAT rule, after ISTAT (2006), as stated by R. Boix (2008), Annex 1",
    doi: None,
};
const MODULARITY: Method = Method {
    what: "Modularity",
    reference: "E. A. Leicht and M. E. J. Newman (2008), Community structure in directed networks, Physical Review Letters 100, 118703",
    doi: Some("10.1103/PhysRevLett.100.118703"),
};
const RAND: Method = Method {
    what: "Adjusted Rand index",
    reference: "L. Hubert and P. Arabie (1985), Comparing partitions, Journal of Classification 2, 193-218",
    doi: Some("10.1007/BF01908075"),
};
const INFORMATION: Method = Method {
    what: "Variation of information",
    reference: "M. Meilă (2007), Comparing clusterings: an information based distance, Journal of Multivariate Analysis 98, 873-895",
    doi: Some("10.1016/j.jmva.2006.11.013"),
};
const CONSENSUS: Method = Method {
    what: "Consensus of the redraws",
    reference: "D. A. Binder (1978), Bayesian cluster analysis, Biometrika 65, 31-38",
    doi: Some("10.1093/biomet/65.1.31"),
};
const SIMPLIFICATION: Method = Method {
    what: "Borders on the map",
    reference: "M. Visvalingam and J. D. Whyatt (1993), Line generalisation by repeated elimination of points, The Cartographic Journal 30, 46-51",
    doi: Some("10.1179/000870493786962263"),
};

pub(in crate::report) fn write(html: &mut Html, facts: &Facts<'_>, meta: &ReportMeta) {
    html.chapter("cite", "How to cite", |html| {
        let commit = meta.commit.as_deref().map_or_else(String::new, |commit| format!(", commit {commit}"));
        html.paragraph(&format!(
            "{}. Made with Distretto {}{commit}; study {}.",
            facts.config.study.title, meta.version, meta.study_hash
        ));
        html.heading("Data");
        let sources = &facts.config.output.cite.0;
        if sources.is_empty() {
            html.paragraph("The study does not say how its data are to be cited (`cite` under `[output]`).");
        }
        html.list(sources);
        html.heading("Methods");
        html.element("ul", &[], |html| {
            for method in methods(facts) {
                write_method(html, method);
            }
        });
        html.heading("How to make this report again");
        html.text_in("pre", &[], &meta.command);
        html.line();
    });
}

fn methods(facts: &Facts<'_>) -> Vec<&'static Method> {
    let mut methods = Vec::new();
    if facts.areas.search.is_some() {
        methods.extend([&EU_TTWA, &REFERENCE]);
    }
    if facts.districts.is_some() {
        methods.push(&ISTAT);
    }
    methods.push(&MODULARITY);
    if !facts.comparisons.is_empty() {
        methods.extend([&RAND, &INFORMATION]);
    }
    if facts.certainty.is_some() {
        if facts.comparisons.is_empty() {
            methods.push(&RAND);
        }
        methods.push(&CONSENSUS);
    }
    if facts.topology.is_some() {
        methods.push(&SIMPLIFICATION);
    }
    methods
}

fn write_method(html: &mut Html, method: &Method) {
    html.element("li", &[], |html| {
        html.text(&format!("{}: {}", method.what, method.reference));
        if let Some(doi) = method.doi {
            html.text(", ");
            html.text_in("a", &[("href", &format!("https://doi.org/{doi}"))], &format!("doi:{doi}"));
        }
        html.text(".");
    });
    html.line();
}
