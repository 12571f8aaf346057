//! The table `[openid]`, and its variables: which identity provider vouches for people.

use super::{list, variable};
use crate::desk::people::provider::ProviderSettings;
use crate::desk::people::secret::Secret;
use crate::desk::permission::Role;
use crate::trouble::Trouble;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// Where the browser comes back to, behind our own address.
pub(crate) const BACK: &str = "/sign-in/openid/back";

/// What is said of the identity provider. What is not said in the environment is taken from the
/// file.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenId {
    issuer: Option<String>,
    client_id: Option<String>,
    client_secret_file: Option<PathBuf>,
    label: Option<String>,
    scopes: Option<Vec<String>>,
    domains: Option<Vec<String>>,
    roles_claim: Option<String>,
    roles: Option<BTreeMap<String, Role>>,
}

impl OpenId {
    /// The same, with what the environment says in front.
    pub(super) fn with_environment(file: Option<Self>) -> Result<Option<Self>, Trouble> {
        let asked = variable::<String>("EXEAT_OPENID_ISSUER")?;
        if file.is_none() && asked.is_none() {
            return Ok(None);
        }
        let file = file.unwrap_or_default();
        let roles = match variable::<String>("EXEAT_OPENID_ROLES")? {
            Some(text) => Some(mapping(&text)?),
            None => None,
        };
        Ok(Some(Self {
            issuer: asked.or(file.issuer),
            client_id: variable("EXEAT_OPENID_CLIENT_ID")?.or(file.client_id),
            client_secret_file: variable("EXEAT_OPENID_CLIENT_SECRET_FILE")?
                .or(file.client_secret_file),
            label: variable("EXEAT_OPENID_LABEL")?.or(file.label),
            scopes: list("EXEAT_OPENID_SCOPES")?.or(file.scopes),
            domains: list("EXEAT_OPENID_DOMAINS")?.or(file.domains),
            roles_claim: variable("EXEAT_OPENID_ROLES_CLAIM")?.or(file.roles_claim),
            roles: roles.or(file.roles),
        }))
    }

    /// What signing in needs; `address` is where people reach this server.
    ///
    /// # Errors
    ///
    /// Where something that is needed is missing, or the secret cannot be read.
    pub(crate) fn provider(&self, address: &str) -> Result<ProviderSettings, Trouble> {
        let needed = |name: &str, value: &Option<String>| {
            value.clone().filter(|it| !it.is_empty()).ok_or_else(|| {
                Trouble::new(format!("`openid.{name}` is missing"))
                    .help("docs/running.md shows the whole table")
            })
        };
        let roles = self.roles.clone().unwrap_or_default();
        let roles_claim = self.roles_claim.clone().unwrap_or_default();
        if roles.is_empty() != roles_claim.is_empty() {
            return Err(Trouble::new("`openid.roles_claim` and `openid.roles` go together")
                .help("name the claim, and what each of its values gives"));
        }
        let mut scopes = self.scopes.clone().unwrap_or_else(|| {
            ["openid", "profile", "email"].into_iter().map(str::to_owned).collect()
        });
        if !scopes.iter().any(|it| it == "openid") {
            scopes.insert(0, "openid".to_owned());
        }
        Ok(ProviderSettings {
            issuer: needed("issuer", &self.issuer)?,
            client_id: needed("client_id", &self.client_id)?,
            client_secret: self.secret()?,
            redirect: format!("{}{BACK}", address.trim_end_matches('/')),
            label: self.label.clone().unwrap_or_else(|| "your company account".to_owned()),
            scopes: scopes.join(" "),
            domains: self.domains.iter().flatten().map(|it| it.to_lowercase()).collect(),
            roles_claim,
            roles,
        })
    }

    /// The secret, from the environment or from its own file: never from the settings themselves,
    /// which people copy and show.
    fn secret(&self) -> Result<Option<Secret>, Trouble> {
        if let Some(secret) = variable::<String>("EXEAT_OPENID_CLIENT_SECRET")? {
            return Ok(Some(Secret::new(secret)));
        }
        let Some(path) = &self.client_secret_file else { return Ok(None) };
        let text = fs::read_to_string(path).map_err(|it| Trouble::reading(path, &it))?;
        Ok(Some(Secret::new(text.trim_end_matches(['\r', '\n']))))
    }
}

/// Roles in a variable: `GROUP=ROLE`, separated by commas.
fn mapping(text: &str) -> Result<BTreeMap<String, Role>, Trouble> {
    let wrong = |why: String| {
        Trouble::new(format!("the variable EXEAT_OPENID_ROLES cannot be understood: {why}"))
            .help("write GROUP=ROLE, separated by commas")
    };
    let pair = |it: &str| {
        let (group, role) =
            it.rsplit_once('=').ok_or_else(|| wrong(format!("`{}` has no role", it.trim())))?;
        Ok((group.trim().to_owned(), role.trim().parse().map_err(wrong)?))
    };
    text.split(',').filter(|it| !it.trim().is_empty()).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::{OpenId, mapping};
    use crate::desk::permission::Role;

    fn read(text: &str) -> OpenId {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn a_table_says_which_provider_vouches_and_what_its_groups_give() {
        let it = read(
            "issuer = \"https://id.example.org\"\nclient_id = \"exeat\"\nroles_claim = \"groups\"\n\
             domains = [\"Example.org\"]\n[roles]\n\"export-approvers\" = \"approver\"\n",
        );
        let settings = it.provider("https://exeat.example.org/").unwrap();
        assert_eq!(settings.redirect, "https://exeat.example.org/sign-in/openid/back");
        assert_eq!(settings.roles["export-approvers"], Role::Approver);
        assert_eq!(settings.domains, ["example.org"]);
        assert_eq!(settings.scopes, "openid profile email");
        assert!(settings.client_secret.is_none());
    }

    #[test]
    fn what_is_missing_is_named_and_a_secret_has_no_place_in_the_file() {
        let wrong = read("issuer = \"https://id.example.org\"").provider("https://x").unwrap_err();
        assert!(wrong.what().contains("openid.client_id"));
        let half = "issuer = \"i\"\nclient_id = \"c\"\nroles_claim = \"groups\"\n";
        assert!(read(half).provider("https://x").unwrap_err().what().contains("go together"));
        assert!(toml::from_str::<OpenId>("client_secret = \"x\"").is_err());
        assert!(toml::from_str::<OpenId>("[roles]\nx = \"owner\"").is_err());
    }

    #[test]
    fn roles_in_a_variable_are_pairs() {
        let read = mapping("a=approver, ou=b=analyst,").unwrap();
        assert_eq!((read["a"], read["ou=b"]), (Role::Approver, Role::Analyst));
        assert!(mapping("a").is_err() && mapping("a=owner").is_err());
    }
}
