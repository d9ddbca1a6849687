//! Files and folders that appear under their names when they are complete.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

/// Rows are gathered before they are compressed or written.
const BUFFER: usize = 1 << 18;

/// Where something is written until it is complete.
pub(super) fn partial(path: &Path) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}

/// Writes a file about persons under a temporary name, and renames: on Unix only its owner may read it. The persons of a made world are made, too; what takes
/// their place is not.
pub(super) fn private_file(path: &Path, content: &[u8]) -> io::Result<()> {
    let partial = partial(path);
    or_absent(fs::remove_file(&partial))?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&partial)?.write_all(content)?;
    fs::rename(&partial, path)
}

/// Writes under a temporary name, compressed where the name ends in `.gz`, and renames.
pub(super) fn file(path: &Path, content: &dyn Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let partial = partial(path);
    let packed = path.extension().is_some_and(|extension| extension == "gz");
    let result = File::create(&partial).and_then(|file| {
        if packed {
            // Level 4 takes a third of the time of level 6 for the same size. No time and no name in the header: the same content gives the same bytes.
            let mut out = BufWriter::with_capacity(BUFFER, GzEncoder::new(file, Compression::new(4)));
            content(&mut out)?;
            out.into_inner().map_err(io::IntoInnerError::into_error)?.finish()?;
        } else {
            let mut out = BufWriter::with_capacity(BUFFER, file);
            content(&mut out)?;
            out.flush()?;
        }
        Ok(())
    });
    match result {
        Ok(()) => fs::rename(&partial, path),
        Err(error) => {
            // The first error says more than a failed tidying-up would.
            let _ = fs::remove_file(&partial);
            Err(error)
        }
    }
}

/// `Ok` where nothing was there to remove.
pub(super) fn or_absent(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
