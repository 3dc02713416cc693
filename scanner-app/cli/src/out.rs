//! Lines to the terminal. Whoever closes the pipe has read enough.

use std::fmt::Arguments;
use std::io::{ErrorKind, Write as _, stdout};

/// Prints a line as `println!` does, and ends the program quietly where nobody reads on: what was to be kept is kept by then.
pub fn line(text: Arguments<'_>) {
    if let Err(error) = writeln!(stdout().lock(), "{text}") {
        if error.kind() == ErrorKind::BrokenPipe {
            std::process::exit(0);
        }
        eprintln!("{error}");
        std::process::exit(1);
    }
}

/// [`line`] with the words of `println!`.
macro_rules! outln {
    ($($word:tt)*) => {
        $crate::out::line(format_args!($($word)*))
    };
}
pub(crate) use outln;
