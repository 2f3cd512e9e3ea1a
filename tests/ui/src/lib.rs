//! Nothing: the cases are beside it.
