//! People: signing in over the API, setting up the first account, inviting others.
//!
//! The token of a session is sent as a key is, in the header `authorization`: no cookie is set here,
//! so no other site can use it.

use crate::api::fields::{Object, Type, field};
use crate::api::shape::Shape;
use crate::clock;
use crate::desk::people::account::Account;
use crate::desk::people::entry::{Entered, Joining, NoEntry, Typed};
use crate::desk::people::link::Invitation;
use crate::desk::people::secret::Secret;
use crate::desk::permission::{Permission, Role};
use crate::json::{Layout, Writer};
use crate::server::operation::{
    Answer, Body, Call, Effect, Method, Operation, Parameter, Reply, in_path,
};
use crate::server::problem::{Kind, Problem};
use serde::Deserialize;
use std::collections::BTreeSet;

const SESSION: &[Object] = &[
    Object {
        name: "session",
        about: "Somebody signed in.",
        fields: &[
            field("token", Type::Text, "What is sent as `Authorization: Bearer TOKEN`."),
            field("account", Type::One("account"), "Who."),
        ],
    },
    ACCOUNT,
];

const ACCOUNT: Object = Object {
    name: "account",
    about: "Somebody who has an account.",
    fields: &[
        field("id", Type::Text, "Their id, as records name them."),
        field("login", Type::Text, "The name to sign in with."),
        field("name", Type::Text, "The name for people to read."),
        field("roles", Type::Texts, "What they may do."),
    ],
};

const SIGN_IN: &[Object] = &[Object {
    name: "sign_in",
    about: "What somebody types to come in.",
    fields: &[
        field("login", Type::Text, "The name to sign in with."),
        field("password", Type::Text, "The password."),
        field("code", Type::Perhaps, "A one-time code, or a recovery code."),
    ],
}];

const JOIN: &[Object] = &[Object {
    name: "join",
    about: "What somebody types to make an account.",
    fields: &[
        field("link", Type::Text, "The token of the link."),
        field("login", Type::Text, "The name to sign in with."),
        field("name", Type::Text, "The name for people to read."),
        field("password", Type::Text, "The password."),
    ],
}];

const INVITE: &[Object] = &[Object {
    name: "invite",
    about: "Who is invited, to what.",
    fields: &[
        field("name", Type::Text, "The name for people to read; they may correct it."),
        field("roles", Type::Texts, "What they will be given."),
    ],
}];

const INVITED: &[Object] = &[Object {
    name: "invited",
    about: "A link that works once.",
    fields: &[field("link", Type::Text, "Its token, told this one time.")],
}];

const PEOPLE: &[Object] = &[
    Object {
        name: "people",
        about: "Everybody who has an account.",
        fields: &[field("people", Type::Many("account"), "They.")],
    },
    ACCOUNT,
];

const ROLES: &[Object] = &[Object {
    name: "given",
    about: "What somebody is given.",
    fields: &[field("roles", Type::Texts, "All of their roles.")],
}];

const WHY: &[Object] = &[Object {
    name: "reason",
    about: "Why it is done.",
    fields: &[field("why", Type::Text, "The reason; the records keep it.")],
}];

const ID: Parameter = in_path("id", "The id of the account, such as `user:7f3a`.");
const ROLES_SHAPE: Shape = Shape::of("GivenRoles", &[ROLES]);
/// A reason.
pub(super) const WHY_SHAPE: Shape = Shape::of("Reason", &[WHY]);
const ACCOUNT_SHAPE: Shape = Shape::of("Account", &[&[ACCOUNT]]);
const SESSION_SHAPE: Shape = Shape::of("Session", &[SESSION]);
const SIGN_IN_SHAPE: Shape = Shape::of("SignIn", &[SIGN_IN]);
const JOIN_SHAPE: Shape = Shape::of("Join", &[JOIN]);
const INVITE_SHAPE: Shape = Shape::of("Invite", &[INVITE]);
const INVITED_SHAPE: Shape = Shape::of("Invited", &[INVITED]);
const PEOPLE_SHAPE: Shape = Shape::of("People", &[PEOPLE]);

/// The operations.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "sign-in",
        method: Method::Post,
        path: "/v1/session",
        summary: "Sign in",
        about: "Wrong attempts make the next ones wait. The session ends after an hour without use.",
        permission: None,
        parameters: &[],
        body: Body::Json(SIGN_IN_SHAPE),
        answer: Answer::Made(SESSION_SHAPE),
        effect: Effect::Records,
        run: sign_in,
        lines: None,
    },
    Operation {
        id: "join",
        method: Method::Post,
        path: "/v1/people/join",
        summary: "Make an account with a link",
        about: "The first link is printed when the server starts over records without an account; \
                it makes an account with the roles admin and analyst.",
        permission: None,
        parameters: &[],
        body: Body::Json(JOIN_SHAPE),
        answer: Answer::Made(SESSION_SHAPE),
        effect: Effect::Records,
        run: join,
        lines: None,
    },
    Operation {
        id: "invite",
        method: Method::Post,
        path: "/v1/people/invitations",
        summary: "Invite somebody",
        about: "The link works once, for a week.",
        permission: Some(Permission::ManagePeople),
        parameters: &[],
        body: Body::Json(INVITE_SHAPE),
        answer: Answer::Made(INVITED_SHAPE),
        effect: Effect::Records,
        run: invite,
        lines: None,
    },
    Operation {
        id: "sign-out",
        method: Method::Delete,
        path: "/v1/session",
        summary: "End the session whose token is sent",
        about: "For persons; a key is ended with `end-key`.",
        permission: Some(Permission::Check),
        parameters: &[],
        body: Body::Nothing,
        answer: Answer::Nothing,
        effect: Effect::Records,
        run: sign_out,
        lines: None,
    },
    Operation {
        id: "set-roles",
        method: Method::Post,
        path: "/v1/people/{id}/roles",
        summary: "Give somebody other roles",
        about: "All of them are said. Nobody changes their own, and one admin always remains.",
        permission: Some(Permission::ManagePeople),
        parameters: &[ID],
        body: Body::Json(ROLES_SHAPE),
        answer: Answer::Json(ACCOUNT_SHAPE),
        effect: Effect::Records,
        run: set_roles,
        lines: None,
    },
    Operation {
        id: "lock-person",
        method: Method::Post,
        path: "/v1/people/{id}/lock",
        summary: "Lock an account",
        about: "Its sessions end, and nobody signs in with it.",
        permission: Some(Permission::ManagePeople),
        parameters: &[ID],
        body: Body::Json(WHY_SHAPE),
        answer: Answer::Json(ACCOUNT_SHAPE),
        effect: Effect::Records,
        run: lock,
        lines: None,
    },
    Operation {
        id: "unlock-person",
        method: Method::Post,
        path: "/v1/people/{id}/unlock",
        summary: "Unlock an account",
        about: "Somebody else's.",
        permission: Some(Permission::ManagePeople),
        parameters: &[ID],
        body: Body::Nothing,
        answer: Answer::Json(ACCOUNT_SHAPE),
        effect: Effect::Records,
        run: unlock,
        lines: None,
    },
    Operation {
        id: "reset-password",
        method: Method::Post,
        path: "/v1/people/{id}/reset",
        summary: "Make a link by which somebody chooses a new password",
        about: "It works once; what it leads to is the page `/link/TOKEN`.",
        permission: Some(Permission::ManagePeople),
        parameters: &[ID],
        body: Body::Nothing,
        answer: Answer::Made(INVITED_SHAPE),
        effect: Effect::Records,
        run: reset,
        lines: None,
    },
    Operation {
        id: "people",
        method: Method::Get,
        path: "/v1/people",
        summary: "List everybody who has an account",
        about: "With their roles.",
        permission: Some(Permission::ReadPeople),
        parameters: &[],
        body: Body::Nothing,
        answer: Answer::Json(PEOPLE_SHAPE),
        effect: Effect::Reads,
        run: people,
        lines: None,
    },
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignIn {
    login: String,
    password: String,
    #[serde(default)]
    code: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Join {
    link: String,
    login: String,
    name: String,
    password: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Invite {
    name: String,
    roles: Vec<String>,
}

fn sign_in(call: &Call) -> Result<Reply, Problem> {
    let SignIn { login, password, code } = call.object()?;
    let typed = Typed { login, password: Secret::new(password), code: code.map(Secret::new) };
    let people = call.desk.people()?;
    match call.desk.working(|| people.sign_in(&typed, clock::now())) {
        Ok(entered) => Ok(session(&entered)),
        Err(NoEntry::Wait { seconds }) => {
            let said = NoEntry::Wait { seconds }.to_string();
            Err(Problem::new(Kind::Rate, said).retry(u64::try_from(seconds).unwrap_or(1)))
        }
        Err(NoEntry::Fault(fault)) => Err(fault.into()),
        Err(wrong @ (NoEntry::Wrong | NoEntry::CodeNeeded)) => {
            Err(Problem::new(Kind::Unauthenticated, wrong.to_string()))
        }
    }
}

fn join(call: &Call) -> Result<Reply, Problem> {
    let Join { link, login, name, password } = call.object()?;
    let joining = Joining { login, name, password: Secret::new(password) };
    let people = call.desk.people()?;
    let link = Secret::new(link);
    let entered = call.desk.working(|| people.join(&link, &joining, clock::now()))?;
    Ok(session(&entered))
}

fn session(entered: &Entered) -> Reply {
    let mut out = Vec::new();
    Writer::new(&mut out, Layout::Line).object(|json| {
        json.text_of("token", entered.token.reveal());
        json.object_of("account", |json| account(json, &entered.account));
    });
    Reply { status: 201, ..Reply::json(out) }
}

fn account(json: &mut Writer<'_>, it: &Account) {
    json.text_of("id", &it.id);
    json.text_of("login", &it.login);
    json.text_of("name", &it.name);
    json.texts_of("roles", it.roles.iter().map(|it| it.as_str()));
}

fn sign_out(call: &Call) -> Result<Reply, Problem> {
    let Some(token) = &call.token else {
        return Err(Problem::new(Kind::Forbidden, "a key has no session"));
    };
    call.desk.people()?.sign_out(token)?;
    Ok(Reply::nothing())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    roles: Vec<String>,
}

/// Why something is done.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Why {
    pub(super) why: String,
}

fn set_roles(call: &Call) -> Result<Reply, Problem> {
    let Given { roles } = call.object()?;
    let roles = roles_of(&roles)?;
    let people = call.desk.people()?;
    Ok(changed(&people.set_roles(&call.actor, call.named("id"), roles, clock::now())?))
}

fn lock(call: &Call) -> Result<Reply, Problem> {
    let Why { why } = call.object()?;
    Ok(changed(&call.desk.people()?.lock(&call.actor, call.named("id"), &why, clock::now())?))
}

fn unlock(call: &Call) -> Result<Reply, Problem> {
    Ok(changed(&call.desk.people()?.unlock(&call.actor, call.named("id"), clock::now())?))
}

fn reset(call: &Call) -> Result<Reply, Problem> {
    let link = call.desk.people()?.reset(&call.actor, call.named("id"), clock::now())?;
    Ok(linked(&link))
}

fn changed(it: &Account) -> Reply {
    let mut out = Vec::new();
    Writer::new(&mut out, Layout::Line).object(|json| account(json, it));
    Reply::json(out)
}

fn linked(link: &Secret) -> Reply {
    let mut out = Vec::new();
    Writer::new(&mut out, Layout::Line).object(|json| json.text_of("link", link.reveal()));
    Reply { status: 201, ..Reply::json(out) }
}

fn roles_of(words: &[String]) -> Result<BTreeSet<Role>, Problem> {
    let roles = words.iter().enumerate().map(|(place, it)| {
        let wrong = |what: String| Problem::at(Kind::Input, format!("roles[{place}]"), what);
        it.parse::<Role>().map_err(wrong)
    });
    roles.collect()
}

fn invite(call: &Call) -> Result<Reply, Problem> {
    let Invite { name, roles } = call.object()?;
    let roles = roles_of(&roles)?;
    let invitation = Invitation { name, roles, by: String::new() };
    let link = call.desk.people()?.invite(&call.actor, invitation, clock::now())?;
    Ok(linked(&link))
}

fn people(call: &Call) -> Result<Reply, Problem> {
    let everybody = call.desk.people()?.everybody(&call.actor)?;
    let mut out = Vec::new();
    Writer::new(&mut out, Layout::Line).object(|json| {
        json.objects_of("people", &everybody, account);
    });
    Ok(Reply::json(out))
}
