//! What a rule does, in plain words.

use law::rulebook::{Bars, Block, Effect, Rulebook, Status};
use maud::{Markup, html};

/// What it does, such as `Closes License Exception ACE`.
pub(super) fn effect(block: &Block, rulebook: &Rulebook) -> String {
    let plain = |code: &str| code.replace('-', " ");
    match &block.effect {
        Effect::Define(term) => {
            let name = rulebook.terms.get(term.0 as usize).map_or("", |it| it.name.as_str());
            format!("Defines “{}”", plain(name))
        }
        Effect::Exempt => "Takes a case out of another paragraph".to_owned(),
        Effect::Require(reason) => format!("Requires a license, reason {reason}"),
        Effect::Allow { exception, overcomes } if overcomes.is_empty() => {
            format!("Opens License Exception {exception}")
        }
        Effect::Allow { exception, overcomes } => {
            format!("Opens License Exception {exception}, against {}", overcomes.join(", "))
        }
        Effect::Bar(Bars::These(symbols)) => format!("Closes {}", symbols.join(", ")),
        Effect::Bar(Bars::AllExcept(open)) if open.is_empty() => {
            "Closes every license exception".to_owned()
        }
        Effect::Bar(Bars::AllExcept(open)) => {
            format!("Closes every license exception but {}", open.join(", "))
        }
        Effect::Exclude(way) => format!("Takes outside: {}", plain(way)),
        Effect::Prohibit(what) => format!("Prohibits: {}", plain(what)),
        Effect::Oblige(duty) => format!("A duty: {}", plain(duty)),
        Effect::Flag(flag) => format!("A red flag: {}", plain(flag)),
        Effect::Refer(agency) => format!("Another agency: {agency}"),
        Effect::Policy(policy) => format!("How an application is reviewed: {}", plain(policy)),
        Effect::Describe { entry, .. } => format!("Describes what {entry} covers"),
        Effect::Prefer { entries, over } => {
            format!("{} goes before {}", entries.join(", "), over.join(", "))
        }
        Effect::Untranslated => "Not modelled: the rule language does not express it".to_owned(),
    }
}

/// The class of its tag: whether it opens, closes, or must be looked at.
pub(super) fn class(effect: &Effect) -> &'static str {
    match effect {
        Effect::Allow { .. } | Effect::Exclude(_) | Effect::Exempt => "go",
        Effect::Require(_) | Effect::Bar(_) | Effect::Prohibit(_) => "stop",
        Effect::Flag(_) | Effect::Untranslated | Effect::Refer(_) => "wait",
        Effect::Define(_)
        | Effect::Oblige(_)
        | Effect::Policy(_)
        | Effect::Describe { .. }
        | Effect::Prefer { .. } => "",
    }
}

/// When a version is law.
pub(super) fn period(block: &Block) -> Markup {
    html! {
        "From " time datetime=(block.version.from) { (block.version.from) }
        @if let Some(last) = block.version.until.and_then(|it| it.yesterday().ok()) {
            " through " time datetime=(last) { (last) }
        }
        @match block.version.status {
            Status::Law => {},
            Status::Adopted => " (adopted, not in force)",
            Status::Proposed => " (only proposed)",
        }
    }
}
