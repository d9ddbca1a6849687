//! Travel times from a matrix, from coordinates, from a server.
