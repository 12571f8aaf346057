use super::*;
use std::fmt::Write as _;

/// The page that shows the matrix.
const PAGE: &str = include_str!("../../../../../docs/people-and-roles.md");

/// The matrix as the page shows it.
fn table() -> String {
    let mut out = String::from("| verb | what it lets somebody do |");
    for role in Role::ALL {
        let _ = write!(out, " {role} |");
    }
    out.push_str(" key scopes |\n| --- | --- |");
    out.push_str(&" --- |".repeat(Role::ALL.len() + 1));
    out.push('\n');
    for verb in Permission::ALL {
        let _ = write!(out, "| `{verb}` | {} |", verb.meaning());
        for role in Role::ALL {
            let actor = Actor::person("user:1", "Ada", [role]);
            let word = match actor.reach(*verb) {
                Reach::Nothing => "",
                Reach::Own => "own",
                Reach::Everything => "yes",
            };
            let _ = write!(out, " {word} |");
        }
        let scopes: Vec<String> =
            Scope::ALL.iter().filter(|it| it.covers(*verb)).map(|it| format!("`{it}`")).collect();
        let scopes = if verb.is_for_persons() { "persons only".into() } else { scopes.join(", ") };
        let _ = writeln!(out, " {scopes} |");
    }
    out
}

#[test]
fn the_page_shows_the_matrix_that_is_in_force() {
    let table = table();
    assert!(PAGE.contains(&table), "put this into docs/people-and-roles.md:\n{table}");
}

#[test]
fn no_single_role_both_prepares_and_approves() {
    for role in Role::ALL {
        let actor = Actor::person("user:1", "Ada", [role]);
        let prepares = actor.may(Permission::ChangeFacts, Whose::Own).is_ok();
        let approves = actor.may(Permission::Approve, Whose::Anyone).is_ok();
        assert!(!(prepares && approves), "{role}");
    }
}

#[test]
fn whoever_gives_out_accounts_decides_no_case() {
    let admin = Actor::person("user:1", "Ada", [Role::Admin]);
    for verb in [
        Permission::ChangeFacts,
        Permission::DecideMatch,
        Permission::Approve,
        Permission::Overrule,
        Permission::Release,
    ] {
        assert_eq!(admin.may(verb, Whose::Own), Err(Denied::Role { permission: verb }));
    }
}

#[test]
fn an_auditor_changes_nothing() {
    let auditor = Actor::person("user:1", "Ada", [Role::Auditor]);
    for verb in Permission::ALL {
        let reads = matches!(
            verb,
            Permission::Check
                | Permission::ReadLaw
                | Permission::ReadRecords
                | Permission::ReadCase
                | Permission::SeeMatches
                | Permission::ReadAudit
                | Permission::ReadPeople
                | Permission::ReadHealth
        );
        assert_eq!(auditor.may(*verb, Whose::Anyone).is_ok(), reads, "{verb}");
    }
}

#[test]
fn a_requester_reaches_only_what_they_opened() {
    let actor = Actor::person("user:1", "Ada", [Role::Requester]);
    let verb = Permission::ReadCase;
    assert_eq!(actor.may(verb, Whose::Own), Ok(()));
    assert_eq!(actor.may(verb, Whose::Anyone), Err(Denied::NotYours { permission: verb }));
}

#[test]
fn a_requester_never_sees_who_may_be_listed() {
    let actor = Actor::person("user:1", "Ada", [Role::Requester]);
    assert_eq!(actor.reach(Permission::SeeMatches), Reach::Nothing);
    assert_eq!(actor.reach(Permission::Screen), Reach::Nothing);
}

#[test]
fn two_roles_reach_as_far_as_the_further() {
    let actor = Actor::person("user:1", "Ada", [Role::Requester, Role::Analyst]);
    assert_eq!(actor.may(Permission::ReadCase, Whose::Anyone), Ok(()));
}

#[test]
fn nobody_without_a_role_may_do_anything() {
    let actor = Actor::person("user:1", "Ada", []);
    for verb in Permission::ALL {
        assert!(actor.may(*verb, Whose::Own).is_err(), "{verb}");
    }
}

#[test]
fn no_key_does_what_a_person_answers_for() {
    let key = Actor::key("key:1", "checkout", Scope::ALL);
    for verb in Permission::ALL {
        let permitted = key.may(*verb, Whose::Anyone).is_ok();
        assert_eq!(permitted, !verb.is_for_persons(), "{verb}");
    }
    for scope in Scope::ALL {
        assert!(scope.verbs().iter().all(|it| !it.is_for_persons()), "{scope}");
    }
}

#[test]
fn the_system_approves_nothing() {
    let system = Actor::system("watch");
    for verb in Permission::ALL.iter().filter(|it| it.is_for_persons()) {
        assert_eq!(
            system.may(*verb, Whose::Anyone),
            Err(Denied::NotBySystem { permission: *verb })
        );
    }
}

#[test]
fn a_refusal_names_who_could() {
    let actor = Actor::person("user:1", "Ada", [Role::Requester]);
    let denied = actor.may(Permission::Overrule, Whose::Own).unwrap_err();
    assert_eq!(denied.to_string(), "`overrule` needs the role approver or counsel");
    let key = Actor::key("key:1", "checkout", [Scope::Check]);
    let denied = key.may(Permission::ChangeFacts, Whose::Own).unwrap_err();
    assert_eq!(denied.to_string(), "`change-facts` needs a key with the scope cases:write");
}

#[test]
fn roles_and_scopes_print_and_parse_alike() {
    for role in Role::ALL {
        assert_eq!(role.to_string().parse(), Ok(role));
    }
    for scope in Scope::ALL {
        assert_eq!(scope.to_string().parse(), Ok(scope));
    }
    assert!("chief".parse::<Role>().unwrap_err().contains("requester, analyst"));
}
