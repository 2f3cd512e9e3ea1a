//! The macros of actionline.
