//! Plain, slow versions of fast algorithms, written line by line from the method's text and sharing no code with
//! the fast ones. What they answer is what the fast ones must answer.

pub mod elimination;
pub mod eu_ttwa;
