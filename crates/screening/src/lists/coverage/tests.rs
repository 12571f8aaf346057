//! Texts of license requirements, read or left unread.

use super::read;
use crate::party::Scope;

fn scope(text: &str) -> Option<Scope> {
    read(text, "").scope
}

#[test]
fn the_usual_formulas_cover_all_items() {
    for text in [
        "For all items subject to the EAR.  (See §744.11 of the EAR). ",
        "For all items subject to the EAR (See § 744.11 of the EAR)",
        "All items subject to the EAR.",
        "For all items subject to the EAR. (See part§744.11 of the EAR).",
        "For all items subject to the EAR. (See §744.2 (d) of the EAR)",
        "For all items subject to the EAR. (See §744.11 of the EAR.)",
        "For All Items Subject to the EAR (See §734.9(g), 3 §746.8(a)(3), and §744.21(b) of the EAR).",
        "For all items subject to the EAR. (See §§ 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR)",
        "For all items subject to the EAR, see §§ 734.9(e)1, and 744.11 of the EAR2",
        "For all items subject to the EAR (See §§734.4(a)(9), 734.9(e)(3), and 744.11 of the EAR)5",
        "For all items subject to the EAR (See §§734.9(g)3, 746.8(a)(3), and 744.2l(b) of the EAR",
    ] {
        assert_eq!(scope(text), Some(Scope::AllItems), "{text}");
    }
}

#[test]
fn a_carve_out_a_project_or_a_further_list_leaves_the_scope_unread() {
    for text in [
        "All items subject to the EAR except for food or medicine designated as EAR99. (See §§ 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR)",
        "For all items subject to the EAR when used in projects specified in §746.8(a)(4) of the EAR.",
        "For items on the CCL and EAR99 items listed in supplement no. 7 to part 746 of the EAR",
        "For all items subject to the EAR, with case-by-case basis for items listed on the CCL",
        "For All Items Subject to the EAR (See §744.11 of the EAR), except for EAR99-designated technology for the operation of balloons.",
        "For all items subject to the EAR (See §744.11 of the EAR), apart from items of an imagined general license.",
        "",
    ] {
        assert_eq!(scope(text), None, "{text}");
    }
}

#[test]
fn listed_entries_and_the_control_list_are_scopes_of_their_own() {
    assert_eq!(scope("For all items on the CCL (See § 744.11 of the EAR)"), Some(Scope::CclItems));
    let listed = Scope::ListedItems(vec!["3A001".to_owned(), "5D002.c".to_owned()]);
    assert_eq!(scope("For items classified under ECCNs 3A001 and 5D002.C"), Some(listed));
}

#[test]
fn footnotes_come_from_their_numbers_and_from_their_paragraphs() {
    for (text, notes) in [
        ("All items subject to the EAR. (See §744.11 of the EAR)", Some(vec![])),
        (
            "For all items subject to the EAR, see §§ 734.9(e)1 and 744.11 of the EAR2",
            Some(vec![1, 2]),
        ),
        (
            "For all items subject to the EAR, see §§ 734.9(e) 1 and 744.11 of the EAR 2",
            Some(vec![1, 2]),
        ),
        (
            "For all items subject to the EAR (See §§ 734.9(g), 746.8(a)(3), and 744.21(b) of the EAR)",
            Some(vec![3]),
        ),
        (
            "For all items subject to the EAR. (See §§ 734.9(e) and 744.11 of the EAR)4",
            Some(vec![4]),
        ),
        (
            "For all items subject to the EAR. (See §§ 734.9(e)(2) and 744.11 of the EAR)",
            Some(vec![4]),
        ),
        (
            "For all items subject to the EAR (See §§734.4(a)(9), 734.9(e)(3), and 744.11 of the EAR)5",
            Some(vec![5]),
        ),
        ("For all items subject to the EAR. (See §734.9(e) and §744.11 of the EAR)", None),
    ] {
        assert_eq!(read(text, "").footnotes, notes, "{text}");
    }
}

#[test]
fn an_entry_leaves_no_exception_open_unless_it_says_so() {
    let plain = read("All items subject to the EAR. (See § 744.11 of the EAR)", "");
    assert_eq!(plain.exceptions_allowed, Some(vec![]));
    let gov = read(
        "All items subject to the EAR. (See § 744.11 of the EAR). This license requirement may be overcome by License Exception GOV under § 740.11(b)(2) and (e).",
        "",
    );
    assert_eq!(gov.exceptions_allowed, Some(vec!["GOV".to_owned()]));
    assert_eq!(gov.scope, Some(Scope::AllItems));
    let narrow = read(
        "All items subject to the EAR. This license requirement may be overcome by License Exception GOV under §740.11(b) when used by a survey.",
        "",
    );
    assert_eq!(narrow.exceptions_allowed, None);
    assert_eq!(narrow.scope, None);
}

#[test]
fn of_several_review_policies_the_strictest_is_read() {
    for (text, policy) in [
        ("Presumption for denial", Some("presumption-of-denial")),
        ("Policy of denial See §§ 746.8(b) and 744.21(e).", Some("policy-of-denial")),
        ("Policy of denial; Case-by-case basis for space programs.", Some("policy-of-denial")),
        (
            "Case-by-case for all items listed on the CCL. Presumption of approval for EAR99 items",
            Some("case-by-case"),
        ),
        ("See §744.3(d) of this part", None),
    ] {
        assert_eq!(read("", text).review_policy.as_deref(), policy, "{text}");
    }
}
