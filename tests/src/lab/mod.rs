//! The actions of `lab.yaml`: what tests call to bring a server into every state.

mod client;
mod gates;
mod outcomes;
mod params;
mod pushes;

pub use client::*;
pub use gates::*;
pub use outcomes::*;
pub use params::*;
pub use pushes::*;

actionline::actions!(pub LAB = "src/lab.yaml", handlers = [self]);
