//! Any two names, a line each: compared and indexed alike, never a panic.
#![no_main]

use screening::party::{ListedParty, PartyKind, PartyName};
use screening::{Index, Query, Screener, Settings, Workspace, index};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (asked, listed) = text.split_once('\n').unwrap_or((text, text));
    let name = PartyName { text: listed.to_owned(), role: Default::default(), weak: false, parts: None };
    let bytes = index::build(&[ListedParty { names: vec![name], ..ListedParty::default() }]);
    let settings = Settings::default();
    if let Ok(index) = Index::read(&bytes) {
        let screener = Screener::new(index, &settings);
        let query = Query::by_name(asked, PartyKind::Unknown);
        let found = screener.screen(&query, &mut Workspace::default());
        assert_eq!(format!("{found:?}"), format!("{:?}", screener.screen_exhaustively(&query)));
    }
});
