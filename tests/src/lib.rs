//! Tools for tests over real sockets.
