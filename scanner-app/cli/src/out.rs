//! Lines to the terminal. Whoever closes the pipe has read enough; what was asked for is done all the same, and its exit code tells.

use std::fmt::Arguments;
use std::io::{Write as _, stdout};

/// Prints a line as `println!` does, and goes on where nobody reads.
pub fn line(text: Arguments<'_>) {
    let _ = writeln!(stdout().lock(), "{text}");
}

/// [`line`] with the words of `println!`.
macro_rules! outln {
    ($($word:tt)*) => {
        $crate::out::line(format_args!($($word)*))
    };
}
pub(crate) use outln;
