//! Numbers and nouns that agree, in messages.

/// `1 area`, `2 areas`, `1,234 areas`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn numbers_are_grouped_and_nouns_agree() {
        assert_eq!(counted(1, "zone"), "1 zone");
        assert_eq!(counted(0, "zone"), "0 zones");
        assert_eq!(counted(1_234_567, "zone"), "1,234,567 zones");
    }
}
