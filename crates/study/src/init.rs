//! A commented `study.toml` to start from.

/// The text that `distretto init` writes. It is a valid study once the paths exist.
pub const TEMPLATE: &str = include_str!("init/study.toml");

/// The template with this title.
pub fn study_toml(title: &str) -> String {
    let quoted = serde_json::Value::from(title).to_string();
    TEMPLATE.replacen("\"My country\"", &quoted, 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn the_template_is_a_study_and_takes_any_title() {
        assert_eq!(Config::parse(TEMPLATE, "study.toml").unwrap().study.title, "My country");
        let title = "A \"quoted\"\ntitle \\ with marks";
        assert_eq!(Config::parse(&study_toml(title), "study.toml").unwrap().study.title, title);
    }

    #[test]
    fn the_commented_keys_are_keys() {
        let uncommented = TEMPLATE
            .lines()
            .map(|line| line.strip_prefix("#:").unwrap_or(line))
            .filter(|line| !line.trim_start().starts_with('#'))
            .collect::<Vec<_>>()
            .join("\n");
        let config = Config::parse(&uncommented, "study.toml").unwrap();
        assert!(config.borders.is_some() && config.jobs.is_some() && config.compare.len() == 1);
    }
}
