//! The word of an identity provider: a JSON Web Token, and the keys it may be signed with.
//!
//! Only RS256 and ES256 are taken, each with a key of its own kind; what a token says of itself
//! chooses among the provider's keys and nothing else.
//!
//! Source: RFC 7515, RFC 7517, RFC 7519; `OpenID` Connect Core 1.0 section 3.1.3.7.

use super::super::secret::same;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::Deserialize;
use serde_json::Value;

/// How far clocks may stand apart, in seconds.
const APART: i64 = 60;

/// Why a token does not hold.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub(crate) enum TokenError {
    /// It is not in the form of a token.
    #[error("it is no token")]
    Form,
    /// It is signed in a way that is not taken.
    #[error("it is signed with {0}; only RS256 and ES256 are taken")]
    Algorithm(String),
    /// No key of the provider fits.
    #[error("the provider has no such key")]
    UnknownKey,
    /// The signature is wrong.
    #[error("its signature is wrong")]
    Signature,
    /// A claim is wrong.
    #[error("its claim `{0}` is wrong")]
    Claim(&'static str),
    /// It is over, or not yet.
    #[error("it is over, or of the future")]
    Time,
}

/// What a token must say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected<'a> {
    /// Who says so.
    pub(crate) issuer: &'a str,
    /// To whom.
    pub(crate) audience: &'a str,
    /// In which sign-in.
    pub(crate) nonce: &'a str,
    /// The moment.
    pub(crate) now: Timestamp,
}

/// What a token says.
#[derive(Clone, Debug)]
pub(crate) struct Claims {
    /// Who it is, for good.
    pub(crate) subject: String,
    /// All of it.
    pub(crate) all: Value,
}

/// The keys of a provider.
#[derive(Clone, Debug)]
pub(crate) struct Keys(Vec<Key>);

#[derive(Clone, Debug)]
struct Key {
    id: Option<String>,
    public: Public,
}

#[derive(Clone, Debug)]
enum Public {
    Rsa { modulus: Vec<u8>, exponent: Vec<u8> },
    P256(Vec<u8>),
}

#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<Value>,
}

impl Keys {
    /// Reads a set of keys; what is not for signatures, or of another kind, is passed over.
    ///
    /// # Errors
    ///
    /// Where it is no set of keys.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        #[derive(Deserialize)]
        struct Set {
            keys: Vec<Value>,
        }
        let set: Set = serde_json::from_slice(bytes)?;
        let keys = set.keys.into_iter().filter_map(|it| serde_json::from_value::<Jwk>(it).ok());
        Ok(Self(keys.filter_map(Key::of).collect()))
    }
}

impl Key {
    fn of(it: Jwk) -> Option<Self> {
        if it.purpose.is_some_and(|it| it != "sig") {
            return None;
        }
        let public = match (it.kty.as_str(), it.crv.as_deref()) {
            ("RSA", _) => Public::Rsa { modulus: plain(&it.n?)?, exponent: plain(&it.e?)? },
            ("EC", Some("P-256")) => {
                let (x, y) = (plain(&it.x?)?, plain(&it.y?)?);
                if x.len() != 32 || y.len() != 32 {
                    return None;
                }
                Public::P256([vec![4], x, y].concat())
            }
            _ => return None,
        };
        Some(Self { id: it.kid, public })
    }

    fn signed(&self, algorithm: &str, said: &[u8], signature: &[u8]) -> bool {
        match (&self.public, algorithm) {
            (Public::Rsa { modulus, exponent }, "RS256") => {
                let key = RsaPublicKeyComponents { n: modulus, e: exponent };
                key.verify(&RSA_PKCS1_2048_8192_SHA256, said, signature).is_ok()
            }
            (Public::P256(point), "ES256") => {
                let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point);
                key.verify(said, signature).is_ok()
            }
            (Public::Rsa { .. } | Public::P256(_), _) => false,
        }
    }

    fn fits(&self, algorithm: &str, id: Option<&str>) -> bool {
        let kind = match self.public {
            Public::Rsa { .. } => "RS256",
            Public::P256(_) => "ES256",
        };
        kind == algorithm && (id.is_none() || self.id.as_deref() == id)
    }
}

/// What a token says, where it is signed by one of the keys and says what is expected.
///
/// # Errors
///
/// Where it does not hold.
pub(crate) fn verify(
    token: &str,
    keys: &Keys,
    expected: &Expected<'_>,
) -> Result<Claims, TokenError> {
    let all = signed(token, keys)?;
    let text = |name: &str| all.get(name).and_then(Value::as_str);
    if text("iss") != Some(expected.issuer) {
        return Err(TokenError::Claim("iss"));
    }
    let several = match all.get("aud") {
        Some(Value::String(it)) if it == expected.audience => false,
        Some(Value::Array(them))
            if them.iter().any(|it| it.as_str() == Some(expected.audience)) =>
        {
            them.len() > 1
        }
        _ => return Err(TokenError::Claim("aud")),
    };
    match text("azp") {
        Some(party) if party == expected.audience => {}
        None if !several => {}
        Some(_) | None => return Err(TokenError::Claim("azp")),
    }
    let nonce = text("nonce").unwrap_or_default();
    if !same(nonce.as_bytes(), expected.nonce.as_bytes()) {
        return Err(TokenError::Claim("nonce"));
    }
    let now = expected.now.as_second();
    let second = |name: &'static str| {
        let value = all.get(name).and_then(Value::as_i64);
        value.ok_or(TokenError::Claim(name))
    };
    if second("exp")? <= now.saturating_sub(APART) || second("iat")? > now.saturating_add(APART) {
        return Err(TokenError::Time);
    }
    let subject = text("sub").filter(|it| !it.is_empty() && it.len() <= 255);
    let subject = subject.ok_or(TokenError::Claim("sub"))?.to_owned();
    Ok(Claims { subject, all })
}

/// What a token says, where it is signed by one of the keys.
fn signed(token: &str, keys: &Keys) -> Result<Value, TokenError> {
    let (said, signature) = token.rsplit_once('.').ok_or(TokenError::Form)?;
    let (header, payload) = said.split_once('.').ok_or(TokenError::Form)?;
    let read = |it: &str| plain(it).ok_or(TokenError::Form);
    let header: Header = serde_json::from_slice(&read(header)?).map_err(|_| TokenError::Form)?;
    // What we must understand and do not.
    if header.crit.is_some() {
        return Err(TokenError::Form);
    }
    if !matches!(header.alg.as_str(), "RS256" | "ES256") {
        return Err(TokenError::Algorithm(header.alg.chars().take(20).collect()));
    }
    let signature = read(signature)?;
    let mut fitting =
        keys.0.iter().filter(|it| it.fits(&header.alg, header.kid.as_deref())).peekable();
    if fitting.peek().is_none() {
        return Err(TokenError::UnknownKey);
    }
    if !fitting.any(|it| it.signed(&header.alg, said.as_bytes(), &signature)) {
        return Err(TokenError::Signature);
    }
    serde_json::from_slice(&read(payload)?).map_err(|_| TokenError::Form)
}

fn plain(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}
