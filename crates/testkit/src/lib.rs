//! Worlds with known answers, plain versions of fast algorithms, oracles.
