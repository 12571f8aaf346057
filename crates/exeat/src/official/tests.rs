use super::OfficialText;

/// A file in the official shape, with text of our own.
const FILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<DLPSTEXTCLASS><HEADER/><TEXT><BODY><ECFRBRWS>
<DIV1 N="2" NODE="15:2" TYPE="TITLE"><DIV5 N="740" TYPE="PART"><HEAD>PART 740</HEAD>
<DIV8 N="§ 740.99" NODE="15:2.1" TYPE="SECTION"><HEAD>§ 740.99   Umbrellas.</HEAD>
<P>(a) <I>Scope.</I> (1) Umbrellas &amp; parasols may go.</P>
<P>(2) Sticks may not:</P>
<P>(i) Long ones;</P>
<P>(ii) Short ones.</P>
<P>(b) Rain is
   defined.</P>
<FP>It falls.</FP>
<P>(h) Hats:</P>
<P>(1) Of straw.</P>
<P>(i) Ice.</P>
<P>(j) Jackets.</P>
<P>(k)(1)(i)(A) Deep <I>water</I>.</P>
<P>(<I>1</I>) Deeper.</P>
<P>(<I>i</I>) Deepest.</P>
<P>(2) Shallow.</P>
<CITA TYPE="N">[1 FR 1]</CITA></DIV8>
<DIV9 N="Supplement No. 1 to Part 740" TYPE="APPENDIX"><HEAD>Groups</HEAD><P>(a) All.</P></DIV9>
</DIV5></DIV1></ECFRBRWS></BODY></TEXT></DLPSTEXTCLASS>"#;

#[test]
fn a_section_is_cut_into_paragraphs_by_its_designators() {
    let text = OfficialText::read(FILE.as_bytes()).unwrap();
    let all: Vec<&str> = text.paragraphs.keys().map(String::as_str).collect();
    assert_eq!(
        all,
        [
            "740 Supp. 1",
            "740.99(a)",
            "740.99(a)(1)",
            "740.99(a)(2)",
            "740.99(a)(2)(i)",
            "740.99(a)(2)(ii)",
            "740.99(b)",
            "740.99(h)",
            "740.99(h)(1)",
            "740.99(i)",
            "740.99(j)",
            "740.99(k)",
            "740.99(k)(1)",
            "740.99(k)(1)(i)",
            "740.99(k)(1)(i)(A)",
            "740.99(k)(1)(i)(A)(1)",
            "740.99(k)(1)(i)(A)(1)(i)",
            "740.99(k)(2)",
        ]
    );
    assert_eq!(text.paragraph("740.99(b)"), Some("(b) Rain is defined.\nIt falls."));
    let scope = text.paragraph("740.99(a)(1)").unwrap();
    assert_eq!(scope, "(a) Scope. (1) Umbrellas & parasols may go.");
}

#[test]
fn a_digest_does_not_see_how_lines_are_broken_and_sees_every_word() {
    let digest =
        |file: &str| OfficialText::read(file.as_bytes()).unwrap().digest("740.99(b)").unwrap();
    assert_eq!(digest(FILE), digest(&FILE.replace("is\n   defined", "is  defined")));
    assert_ne!(digest(FILE), digest(&FILE.replace("It falls", "It fell")));
    assert_eq!(digest(FILE), digest(&FILE.replace("[1 FR 1]", "[2 FR 2]")), "sources aside");
}

#[test]
fn what_is_no_such_file_is_refused() {
    for bad in ["", "<a>", "<a></a>", "<a><b></a>", "{}"] {
        assert!(OfficialText::read(bad.as_bytes()).is_err(), "{bad:?}");
    }
    let (cut, _) = FILE.split_once("</DIV5>").unwrap();
    assert!(OfficialText::read(cut.as_bytes()).is_err(), "cut off");
}
