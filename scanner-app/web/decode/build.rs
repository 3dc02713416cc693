//! Compiles the one function that is not in Rust, for the browser only.

fn main() {
    println!("cargo::rerun-if-changed=src/memcmp.c");
    if std::env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm") {
        cc::Build::new()
            .file("src/memcmp.c")
            .opt_level(3)
            // Or the compiler sees what it is and calls it.
            .flag("-fno-builtin")
            .flag("-ffreestanding")
            .compile("memcmp");
    }
}
