//! The HTML around the pages: what a browser gets before any script ran, and all that one without scripts gets.

mod facts;

use distretto_study::fault::Result;

use crate::assets::Assets;
use crate::atlas::{Atlas, Mode};
use crate::body::Body;
use crate::slug::{code, slug};

/// What the pages may load and do: their own files, nothing else.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
                          connect-src 'self'; worker-src blob:; font-src 'self'; base-uri 'none'; form-action 'none'";

/// A page of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The front door.
    Front,
    /// Words and their meaning.
    Glossary,
    /// The API to try.
    Api,
    /// A page of the edition at this place of the atlas.
    Of(usize, Sheet),
}

/// A page of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// The answer.
    Answer,
    /// The map.
    Map,
    /// All areas.
    Areas,
    /// An area, by its row.
    Area(u32),
    /// All zones.
    Zones,
    /// Areas side by side.
    Compare,
    /// Other parameters.
    Rules,
    /// Downloads and origins.
    Data,
}

const SHEETS: [(Sheet, &str); 7] = [
    (Sheet::Answer, ""),
    (Sheet::Map, "map/"),
    (Sheet::Areas, "areas/"),
    (Sheet::Zones, "zones/"),
    (Sheet::Compare, "compare/"),
    (Sheet::Rules, "rules/"),
    (Sheet::Data, "data/"),
];

impl Page {
    /// The page at a place of the site, such as `it-2011/areas/78/`; the slash at its end may be missing.
    pub fn at(atlas: &Atlas, path: &str) -> Option<Self> {
        let path = path.strip_suffix('/').unwrap_or(path);
        match path {
            "" => return Some(Self::Front),
            "glossary" => return Some(Self::Glossary),
            "api" => return Some(Self::Api),
            _ => {}
        }
        let (name, rest) = path.split_once('/').unwrap_or((path, ""));
        let place = atlas.position(name)?;
        if let Some(area) = rest.strip_prefix("areas/") {
            let area = atlas.editions.get(place)?.edition.area(&code(area)?)?;
            return Some(Self::Of(place, Sheet::Area(area)));
        }
        let (sheet, _) =
            SHEETS.into_iter().find(|(_, path)| path.strip_suffix('/').unwrap_or(path) == rest)?;
        Some(Self::Of(place, sheet))
    }

    /// Its place in the site: empty, or with a slash at its end.
    pub fn path(self, atlas: &Atlas) -> String {
        match self {
            Self::Front => String::new(),
            Self::Glossary => "glossary/".to_owned(),
            Self::Api => "api/".to_owned(),
            Self::Of(place, sheet) => {
                let Some(offered) = atlas.editions.get(place) else { return String::new() };
                let id = &offered.edition.id;
                if let Sheet::Area(area) = sheet {
                    let code = offered.edition.partition.codes().get(area as usize);
                    return format!("{id}/areas/{}/", slug(code.map_or("", String::as_str)));
                }
                let path = SHEETS.iter().find(|(other, _)| *other == sheet).map_or("", |(_, path)| path);
                format!("{id}/{path}")
            }
        }
    }

    /// Every page of the site, in a fixed order.
    pub fn all(atlas: &Atlas) -> Vec<Self> {
        let mut all = vec![Self::Front, Self::Glossary, Self::Api];
        for (place, offered) in atlas.editions.iter().enumerate() {
            all.extend(SHEETS.map(|(sheet, _)| Self::Of(place, sheet)));
            all.extend((0..offered.edition.areas() as u32).map(|area| Self::Of(place, Sheet::Area(area))));
        }
        all
    }

    /// Its HTML: the shell of the pages with where it stands, who answers, its title, what it may load, and the plain facts.
    ///
    /// # Errors
    /// D0824 where the atlas has no pages.
    pub fn html(self, atlas: &Atlas) -> Result<Body> {
        let path = self.path(atlas);
        let root = root_from(&path);
        shell(atlas, &root, &facts::title(self, atlas), &facts::facts(self, atlas, &root))
    }
}

/// HTML for a place of the site where no page is: it says so and leads to the front door.
///
/// # Errors
/// D0824 where the atlas has no pages.
pub fn missing(atlas: &Atlas, path: &str) -> Result<Body> {
    let root = root_from(path);
    shell(atlas, &root, "Distretto", &facts::missing(&root))
}

/// The shell for a place under `tours/`, which scripts fill: without them there is nothing to see before a login.
///
/// # Errors
/// D0824 where the atlas has no pages.
pub fn tours(atlas: &Atlas, path: &str) -> Result<Body> {
    let root = root_from(path);
    shell(atlas, &root, "Distretto", &facts::tours(&root))
}

/// The way from a place of the site to its root.
fn root_from(path: &str) -> String {
    match path.matches('/').count() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    }
}

/// The shell of the pages around plain facts.
fn shell(atlas: &Atlas, root: &str, title: &str, facts: &str) -> Result<Body> {
    let none = Assets::default();
    let index = atlas.assets.as_ref().unwrap_or(&none).index()?;
    let title = format!("<title>{}</title>", escaped(title));
    let policy = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\" />");
    let plain = format!("<noscript>{facts}</noscript>\n  </body>");
    let html = index
        .replace("=\"./", &format!("=\"{root}"))
        .replace("data-mode=\"live\"", &format!("data-mode=\"{}\"{}", mode(atlas), with_tours(atlas)))
        .replacen("<meta charset=\"utf-8\" />", &format!("<meta charset=\"utf-8\" />\n    {policy}"), 1)
        .replacen("<title>Distretto</title>", &title, 1)
        .replacen("</body>", &plain, 1);
    Ok(Body::html(html))
}

fn mode(atlas: &Atlas) -> &'static str {
    match atlas.mode {
        Mode::Live => "live",
        Mode::Static => "static",
    }
}

/// What tells the pages that there are tours.
fn with_tours(atlas: &Atlas) -> &'static str {
    if atlas.mode == Mode::Live && atlas.tours.is_some() { " data-tours=\"true\"" } else { "" }
}

/// A text as HTML shows it, in an element or an attribute.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(char),
        }
    }
    escaped
}
