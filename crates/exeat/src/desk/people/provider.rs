//! Signing in with an identity provider: OpenID Connect, the code flow with PKCE.
//!
//! What is begun is kept by the digest of its state, and the browser that began it must end it. The
//! provider's word is a signed token ([`token`]); its claims say who it is and, where roles are
//! mapped, what they are given, anew at each time.
//!
//! Source: `OpenID` Connect Core 1.0 sections 3.1.2, 3.1.3; RFC 7636 (PKCE, S256); RFC 9207.

pub(crate) mod door;
pub(crate) mod token;

use super::super::fault::Fault;
use super::super::outgoing::{Outgoing, checked};
use super::super::permission::Role;
use super::account::{Account, AccountEvent};
use super::entry::Entered;
use super::secret::Secret;
use super::{Newcomer, People};
use crate::chance;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use store::{KeyWrite, Kind};
use token::{Claims, Expected, Keys};

/// Sign-ins that were begun.
const BEGUN: Kind = Kind::of("sign-in");
/// How long one may take.
const LASTS: SignedDuration = SignedDuration::from_mins(10);
/// How often keys are fetched anew for a token of an unknown key.
const FRESH: SignedDuration = SignedDuration::from_mins(1);

/// Which provider, and what its claims mean.
#[derive(Clone, Debug)]
pub(crate) struct ProviderSettings {
    /// The issuer, such as `https://id.example.org/realms/main`.
    pub(crate) issuer: String,
    /// What we are called there.
    pub(crate) client_id: String,
    /// What proves us, where the provider wants that.
    pub(crate) client_secret: Option<Secret>,
    /// Where the browser comes back to.
    pub(crate) redirect: String,
    /// What people call it.
    pub(crate) label: String,
    /// What is asked for, separated by spaces.
    pub(crate) scopes: String,
    /// The domains of e-mail addresses that may come in, in lower case; where empty, all.
    pub(crate) domains: Vec<String>,
    /// The claim that says what somebody is, such as `groups` or `roles`.
    pub(crate) roles_claim: String,
    /// What each value of that claim gives; where empty, newcomers are requesters and an admin
    /// gives roles.
    pub(crate) roles: BTreeMap<String, Role>,
}

/// A provider whose addresses are known.
#[derive(Debug)]
pub(crate) struct Provider {
    settings: ProviderSettings,
    found: Discovered,
    outgoing: Outgoing,
    keys: Mutex<Option<(Keys, Timestamp)>>,
}

#[derive(Clone, Debug, Deserialize)]
struct Discovered {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
}

/// A sign-in that was begun: where the browser goes, and what its cookie holds.
#[derive(Debug)]
pub(crate) struct Begun {
    /// The address at the provider.
    pub(crate) location: String,
    /// What the cookie holds until the browser is back.
    pub(crate) state: Secret,
}

/// What the browser brings back.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Returned {
    /// What we gave along.
    #[serde(default)]
    pub(crate) state: String,
    /// What the token is asked with.
    #[serde(default)]
    pub(crate) code: String,
    /// Why there is no code.
    #[serde(default)]
    pub(crate) error: Option<String>,
    /// Who says so, where the provider tells.
    #[serde(default)]
    pub(crate) iss: Option<String>,
}

/// What somebody wants who begins a sign-in.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Wish {
    /// The page that they were on their way to.
    pub(crate) to: String,
    /// The account that is to be bound to what the provider calls them; they signed in to it.
    pub(crate) bind: Option<String>,
}

/// Somebody came in.
#[derive(Debug)]
pub(crate) struct Came {
    /// Who, and the token for the cookie.
    pub(crate) entered: Entered,
    /// The page that they were on their way to.
    pub(crate) to: String,
}

#[derive(Deserialize, Serialize)]
struct Kept {
    nonce: String,
    verifier: String,
    wish: Wish,
}

/// Why nobody came in with a provider.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProviderError {
    /// The provider cannot be reached, or answers what makes no sense.
    #[error("the identity provider cannot be used: {0}")]
    Unusable(String),
    /// The browser did not begin this, began it too long ago, or ended it already.
    #[error("this sign-in was not begun here, or too long ago: begin again")]
    NotBegun,
    /// The provider refused.
    #[error("the identity provider refused: {0}")]
    Refused(String),
    /// Its token does not hold.
    #[error("the identity provider's word does not hold: {0}")]
    Token(#[from] token::TokenError),
    /// The claims give no role.
    #[error("the identity provider knows you, and gives you no role here: ask your admin")]
    NoRole,
    /// The e-mail address is none that comes in here.
    #[error("only confirmed addresses of {} come in here", .0.join(", "))]
    Domain(Vec<String>),
    /// There is no admin yet.
    #[error(
        "nobody looks after this server yet: make the first account with the link that it printed"
    )]
    NobodyYet,
    /// The provider calls somebody else by this name.
    #[error("the identity provider knows you as somebody who has another account here")]
    Another,
    /// The account is locked.
    #[error("your account is locked: ask your admin")]
    Locked,
    /// The records are out of reach, or the like.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Provider {
    /// Asks the provider for its addresses.
    ///
    /// # Errors
    ///
    /// Where it cannot be reached, names another issuer, or gives an address that is not HTTPS.
    pub(crate) fn discover(settings: ProviderSettings) -> Result<Self, ProviderError> {
        let unusable = |it: &dyn ToString| ProviderError::Unusable(it.to_string());
        let outgoing = Outgoing::default();
        let issuer = settings.issuer.trim_end_matches('/');
        let answer = outgoing
            .get(&format!("{issuer}/.well-known/openid-configuration"))
            .map_err(|it| unusable(&it))?;
        if answer.status != 200 {
            return Err(unusable(&format!("it answered {}", answer.status)));
        }
        let found: Discovered = serde_json::from_slice(&answer.body).map_err(|it| unusable(&it))?;
        if found.issuer != settings.issuer {
            return Err(unusable(&format!("it calls itself `{}`", found.issuer)));
        }
        for address in [&found.authorization_endpoint, &found.token_endpoint, &found.jwks_uri] {
            checked(address).map_err(|it| unusable(&it))?;
        }
        Ok(Self { settings, found, outgoing, keys: Mutex::default() })
    }

    /// Begins a sign-in.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    pub(crate) fn begin(
        &self,
        people: &People<'_>,
        wish: Wish,
        now: Timestamp,
    ) -> Result<Begun, Fault> {
        let state = Secret::new(chance::token()?);
        let (nonce, verifier) = (chance::token()?, chance::token()?);
        let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
        let kept = serde_json::to_vec(&Kept { nonce: nonce.clone(), verifier, wish })?;
        let expires = now.checked_add(LASTS).unwrap_or(Timestamp::MAX);
        people.store.put(KeyWrite::put(BEGUN, state.digest(), kept, Some(expires)))?;
        let query = form(&[
            ("response_type", "code"),
            ("scope", &self.settings.scopes),
            ("client_id", &self.settings.client_id),
            ("redirect_uri", &self.settings.redirect),
            ("state", state.reveal()),
            ("nonce", &nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ]);
        let address = &self.found.authorization_endpoint;
        let sign = if address.contains('?') { '&' } else { '?' };
        Ok(Begun { location: format!("{address}{sign}{query}"), state })
    }

    /// Ends a sign-in: `cookie` is the state that the browser holds.
    ///
    /// # Errors
    ///
    /// Where it was not begun by this browser, or the provider's word does not hold or gives no
    /// role.
    pub(crate) fn finish(
        &self,
        people: &People<'_>,
        cookie: Option<&Secret>,
        returned: &Returned,
        now: Timestamp,
    ) -> Result<Came, ProviderError> {
        let state = cookie.filter(|it| it.is(&returned.state)).ok_or(ProviderError::NotBegun)?;
        let kept = people.store.take(&BEGUN, &state.digest(), now).map_err(Fault::from)?;
        let kept = kept.ok_or(ProviderError::NotBegun)?;
        let kept: Kept = serde_json::from_slice(&kept).map_err(Fault::from)?;
        if returned.iss.as_ref().is_some_and(|it| *it != self.settings.issuer) {
            return Err(ProviderError::NotBegun);
        }
        if let Some(error) = &returned.error {
            return Err(ProviderError::Refused(error.chars().take(100).collect()));
        }
        let token = self.redeem(&returned.code, &kept.verifier)?;
        let expected = Expected {
            issuer: &self.settings.issuer,
            audience: &self.settings.client_id,
            nonce: &kept.nonce,
            now,
        };
        let claims = self.claims(token.reveal(), &expected)?;
        let entered = self.enter(people, &claims, kept.wish.bind.as_deref(), now)?;
        Ok(Came { entered, to: kept.wish.to })
    }

    /// The token for a code.
    fn redeem(&self, code: &str, verifier: &str) -> Result<Secret, ProviderError> {
        #[derive(Deserialize)]
        struct Token {
            id_token: String,
        }
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &self.settings.redirect),
            ("client_id", &self.settings.client_id),
            ("code_verifier", verifier),
        ];
        if let Some(secret) = &self.settings.client_secret {
            fields.push(("client_secret", secret.reveal()));
        }
        let headers =
            [("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json")];
        let body = form(&fields);
        let answer = self
            .outgoing
            .post(&self.found.token_endpoint, &headers, body.as_bytes())
            .map_err(|it| ProviderError::Unusable(it.to_string()))?;
        if answer.status != 200 {
            return Err(ProviderError::Refused(format!("it answered {}", answer.status)));
        }
        let token: Token = serde_json::from_slice(&answer.body)
            .map_err(|_| ProviderError::Unusable("it gave no token".to_owned()))?;
        Ok(Secret::new(token.id_token))
    }

    /// What a token says, where it holds. Keys are fetched anew where its key is not known, though
    /// not for every token that somebody makes up.
    fn claims(&self, token: &str, expected: &Expected<'_>) -> Result<Claims, ProviderError> {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, at)) = &*keys {
            match token::verify(token, known, expected) {
                Err(token::TokenError::UnknownKey)
                    if expected.now.duration_since(*at).abs() > FRESH => {}
                result => return Ok(result?),
            }
        }
        let unusable = |it: String| ProviderError::Unusable(it);
        let answer =
            self.outgoing.get(&self.found.jwks_uri).map_err(|it| unusable(it.to_string()))?;
        let fresh = Keys::read(&answer.body).map_err(|it| unusable(it.to_string()))?;
        let claims = token::verify(token, &fresh, expected);
        *keys = Some((fresh, expected.now));
        Ok(claims?)
    }

    /// Comes in as whom the claims name, with the roles they give.
    fn enter(
        &self,
        people: &People<'_>,
        claims: &Claims,
        bind: Option<&str>,
        now: Timestamp,
    ) -> Result<Entered, ProviderError> {
        self.of_domain(claims)?;
        let mapped = self.mapped(claims);
        let issuer = &self.settings.issuer;
        let known = people.by_subject(issuer, &claims.subject, now)?;
        let account = match (known, bind) {
            (Some(account), Some(id)) if account.id != id => return Err(ProviderError::Another),
            (Some(account), _) => account,
            (None, Some(id)) => people.bind(people.account(id)?, issuer, &claims.subject, now)?,
            (None, None) => {
                let roles = mapped.unwrap_or_else(|| BTreeSet::from([Role::Requester]));
                if roles.is_empty() {
                    return Err(ProviderError::NoRole);
                }
                if !roles.contains(&Role::Admin) && people.is_empty()? {
                    return Err(ProviderError::NobodyYet);
                }
                let account = people.create(self.newcomer(claims, roles)?, None, None, now)?;
                return Ok(people.enter(account, "identity provider", now)?);
            }
        };
        if account.locked {
            return Err(ProviderError::Locked);
        }
        let account = match mapped {
            Some(roles) => Self::given(people, account, roles, now)?,
            None => account,
        };
        Ok(people.enter(account, "identity provider", now)?)
    }

    /// An account with the roles that the provider gives today. The last one who looks after people
    /// goes on doing so, whatever the provider says.
    fn given(
        people: &People<'_>,
        account: Account,
        mut roles: BTreeSet<Role>,
        now: Timestamp,
    ) -> Result<Account, ProviderError> {
        let is_last = account.roles.contains(&Role::Admin)
            && !roles.contains(&Role::Admin)
            && !people.has_admin_beside(&account)?;
        if is_last {
            roles.insert(Role::Admin);
        }
        let by = "system:provider";
        if roles.is_empty() {
            // Who has no role any more does not go on with what they had.
            people.record(account, by, &AccountEvent::SessionsEnded {}, now)?;
            return Err(ProviderError::NoRole);
        }
        if roles == account.roles {
            return Ok(account);
        }
        Ok(people.record(account, by, &AccountEvent::RolesSet { roles }, now)?)
    }

    /// Refuses an address of another domain, and one that the provider did not confirm.
    fn of_domain(&self, claims: &Claims) -> Result<(), ProviderError> {
        let domains = &self.settings.domains;
        if domains.is_empty() {
            return Ok(());
        }
        let confirmed = claims.all.get("email_verified");
        let confirmed = confirmed == Some(&Value::Bool(true))
            || confirmed.and_then(Value::as_str) == Some("true");
        let email = claims.all.get("email").and_then(Value::as_str).unwrap_or_default();
        let domain = email.rsplit_once('@').map(|it| it.1.to_lowercase()).unwrap_or_default();
        if confirmed && domains.contains(&domain) {
            return Ok(());
        }
        Err(ProviderError::Domain(domains.clone()))
    }

    /// The roles that the claims give; `None` where no roles are mapped.
    fn mapped(&self, claims: &Claims) -> Option<BTreeSet<Role>> {
        if self.settings.roles.is_empty() {
            return None;
        }
        let mut value = Some(&claims.all);
        for part in self.settings.roles_claim.split('.') {
            value = value.and_then(|it| it.get(part));
        }
        let words: Vec<&str> = match value {
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(text)) => text.split_whitespace().collect(),
            _ => Vec::new(),
        };
        Some(words.iter().filter_map(|it| self.settings.roles.get(*it).copied()).collect())
    }

    fn newcomer(&self, claims: &Claims, roles: BTreeSet<Role>) -> Result<Newcomer, Fault> {
        // The provider's names are for people to read; nobody signs in with them, so a name that is
        // taken or odd must not stand in the way.
        let login = format!("oidc-{}", chance::id()?);
        let text = |name: &str| claims.all.get(name).and_then(Value::as_str);
        let name = text("name").or(text("preferred_username")).or(text("email"));
        let name: String = name
            .unwrap_or("somebody from the identity provider")
            .chars()
            .filter(|it| !it.is_control())
            .take(100)
            .collect();
        let subject = Some((self.settings.issuer.clone(), claims.subject.clone()));
        Ok(Newcomer { login, name, roles, subject })
    }
}

/// Fields as a form or a query carries them.
fn form(fields: &[(&str, &str)]) -> String {
    let escaped = |text: &str| -> String {
        text.bytes()
            .map(|it| match it {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    char::from(it).to_string()
                }
                _ => format!("%{it:02X}"),
            })
            .collect()
    };
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
        .collect();
    pairs.join("&")
}

#[cfg(test)]
mod tests;
