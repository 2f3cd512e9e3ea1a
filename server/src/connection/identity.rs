//! Who a client is by its TLS certificate.

/// Who a client is by its TLS certificate: see [`Connection::identity`](super::Connection::identity).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The certificate's subject: `C=NO, O=Club, CN=ann`.
    pub subject: String,
    /// SHA-256 of the whole certificate: 64 hex digits.
    pub fingerprint: String,
    /// The certificate itself (X.509, DER).
    pub der: Vec<u8>,
}
