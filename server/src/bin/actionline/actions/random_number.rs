use actionline::{Reply, action};

/// A random number.
#[derive(Debug, Reply)]
pub struct RandomNumber {
    random_number: f64,
}

#[action]
pub fn random_number() -> RandomNumber {
    RandomNumber {
        random_number: fastrand::f64(),
    }
}
