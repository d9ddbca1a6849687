//! Where a store is.

use std::fmt::{self, Write as _};
use std::path::{Path, PathBuf};

use distretto_study::fault::{Code, Fault, Result};

/// What keeps a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Engine {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

/// Where a store is. `Display` shows it without a password.
#[derive(Clone, PartialEq, Eq)]
pub enum StorePlace {
    /// A file of SQLite.
    File(PathBuf),
    /// A database of a PostgreSQL server, by its address.
    Postgres(String),
}

impl StorePlace {
    /// Reads `postgres://user@host/database`, `sqlite:path` or the path of a file.
    ///
    /// # Errors
    /// D1055 for an address of another kind.
    pub fn parse(text: &str) -> Result<Self> {
        let scheme = text.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        match scheme.as_deref() {
            Some("postgres" | "postgresql") if text.contains("://") => Ok(Self::Postgres(text.to_owned())),
            Some("sqlite") => {
                let path = text.get("sqlite:".len()..).unwrap_or_default();
                let path = path.strip_prefix("//").unwrap_or(path);
                Self::file(path, text)
            }
            // One letter before the colon is a drive.
            Some(scheme) if scheme.len() > 1 && (text.contains("://") || scheme.starts_with("postgres")) => {
                Err(wrong(text))
            }
            _ => Self::file(text, text),
        }
    }

    fn file(path: &str, text: &str) -> Result<Self> {
        if path.is_empty() || path == ":memory:" {
            Err(wrong(text))
        } else {
            Ok(Self::File(PathBuf::from(path)))
        }
    }
}

fn wrong(text: &str) -> Box<Fault> {
    Fault::new(Code::StoreAddress, format!("`{}` is not where a store can be", without_password(text)))
        .because("a store is a file, or a database of a PostgreSQL server")
        .hint("name a file, such as `tours.db`, or `postgres://user@host/database`")
}

/// An address as it may be shown: the password, and what could hold one, left out.
fn without_password(address: &str) -> String {
    let address = address.split('?').next().unwrap_or_default();
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    match authority.rsplit_once('@') {
        None => address.to_owned(),
        Some((user, host)) => {
            let user = user.split(':').next().unwrap_or_default();
            format!("{scheme}://{user}@{host}/{path}")
        }
    }
}

impl fmt::Display for StorePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Postgres(address) => f.write_str(&without_password(address)),
        }
    }
}

impl fmt::Debug for StorePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StorePlace({self})")
    }
}

/// A file as the driver names it. Everything that could mean something else in an address is written as `%XX`.
pub(super) fn sqlite_url(path: &Path, mode: &str) -> Option<String> {
    let path = std::path::absolute(path).ok()?;
    let mut url = "sqlite://".to_owned();
    for byte in path.to_str()?.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte) {
            url.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(url, "%{byte:02X}");
        }
    }
    Some(format!("{url}?mode={mode}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_servers_are_told_apart() {
        let file = |path: &str| StorePlace::File(PathBuf::from(path));
        assert_eq!(StorePlace::parse("tours.db").unwrap(), file("tours.db"));
        assert_eq!(StorePlace::parse("sqlite:a b.db").unwrap(), file("a b.db"));
        assert_eq!(StorePlace::parse("sqlite:///srv/tours.db").unwrap(), file("/srv/tours.db"));
        assert_eq!(StorePlace::parse("C:\\tours.db").unwrap(), file("C:\\tours.db"));
        assert!(matches!(StorePlace::parse("postgresql://u@h/d"), Ok(StorePlace::Postgres(_))));
        for wrong in
            ["", "mysql://root@localhost/x", "postgres:x", "http://localhost", "sqlite:", "sqlite::memory:"]
        {
            assert_eq!(StorePlace::parse(wrong).unwrap_err().code, Code::StoreAddress, "{wrong}");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        let place = StorePlace::parse("postgres://anna:se/cret@host:5432/tours?password=secret").unwrap();
        assert!(!format!("{place} {place:?}").contains("secret"));
        let place = StorePlace::parse("postgres://anna:s@cret@host:5432/tours").unwrap();
        assert_eq!(place.to_string(), "postgres://anna@host:5432/tours");
        let fault = StorePlace::parse("mysql://anna:secret@host/tours").unwrap_err();
        assert!(!fault.to_string().contains("secret"));
    }
}
