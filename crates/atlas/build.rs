//! Builds anew when the web pages changed: they stand in the program.

fn main() {
    println!("cargo::rerun-if-changed=../../web/dist");
}
