//! Pictures from files.

use std::path::{Path, PathBuf};

use image::{ImageReader, Limits};
use thiserror::Error;

use crate::{Luma, PictureError};

/// Why a file gives no picture.
#[derive(Debug, Error)]
pub enum FileError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}; check the path and the permissions")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not a PNG or JPEG picture, or a damaged or too large one.
    #[error("{path} is no picture that can be opened ({source}); use an undamaged PNG or JPEG")]
    Picture {
        /// The file.
        path: PathBuf,
        /// What the image library said.
        source: image::ImageError,
    },
    /// The picture has a size that the decoder does not take.
    #[error("{path}: {source}")]
    Size {
        /// The file.
        path: PathBuf,
        /// Which size.
        source: PictureError,
    },
}

/// Opens a PNG or JPEG file as a grey picture. The content decides the kind, not the name.
pub fn open(path: &Path) -> Result<Luma, FileError> {
    let read = |source| FileError::Read {
        path: path.to_owned(),
        source,
    };
    let picture = |source| FileError::Picture {
        path: path.to_owned(),
        source,
    };
    let mut reader = ImageReader::open(path)
        .map_err(read)?
        .with_guessed_format()
        .map_err(read)?;
    reader.limits(Limits::default());
    let grey = reader.decode().map_err(picture)?.into_luma8();
    let (width, height) = grey.dimensions();
    Luma::new(width, height, grey.into_raw()).map_err(|source| FileError::Size {
        path: path.to_owned(),
        source,
    })
}
