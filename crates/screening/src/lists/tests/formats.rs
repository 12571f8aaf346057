//! Small invented lists in the official shapes, for formats of which no whole file is at hand.

use super::import;
use crate::lists::{Extent, Format, Import};
use crate::party::{CountryLink, Gender, ListedParty, NameRole, PartyKind};

fn only(import: &Import, format: Format) -> &ListedParty {
    assert!(import.failures.is_empty(), "{:?}", import.failures);
    assert!(import.problems.is_empty(), "{:?}", import.problems);
    let [list] = import.lists.as_slice() else { panic!("one list, not {}", import.lists.len()) };
    assert_eq!(list.source.format, format);
    let [party] = list.parties.as_slice() else { panic!("one party") };
    party
}

fn names(party: &ListedParty) -> Vec<(&str, NameRole, bool)> {
    party.names.iter().map(|it| (it.text.as_str(), it.role, it.weak)).collect()
}

const UK: &str = "\
Report Date: 11-Sep-2026
Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,Alias strength,Title,Name non-latin script,Non-latin script type,Non-latin script language,Regime Name,Designation Type,Designation source,Sanctions Imposed,Other Information,UK Statement of Reasons,Address Line 1,Address Line 2,Address Line 3,Address Line 4,Address Line 5,Address Line 6,Address Postal Code,Address Country,Phone number,Website,Email address,Date Designated,D.O.B,Nationality(/ies),National Identifier number,National Identifier additional information,Passport number,Passport additional information,Position,Gender,Town of birth,Country of birth
04/08/2026,RAI0001,99001,RAi.001,REGENOV,Ivan,Petrovich,,,,Primary Name,,,Иван Регенов,Cyrillic,Russian,The Rain (Sanctions) Regulations 2020,Individual,UK,Asset freeze,Sells rain.,,1 Wet Lane,,,,,Moscow,101000,Russia,,,,24/02/2022,dd/mm/1960,(1) Russia (2) Cyprus,,,A100,,Minister of Rain,Male,Kazan,Russia
04/08/2026,RAI0001,99001,RAi.001,REGENOW,Ivan,,,,,Alias,Good quality a.k.a,,,,,The Rain (Sanctions) Regulations 2020,Individual,UK,Asset freeze,Sells rain.,,,,,,,,,,,,,24/02/2022,05/06/1961,Russia,,,,,Minister of Rain,Male,,
04/08/2026,RAI0001,99001,RAi.001,THE CLOUD,,,,,,Alias,Low quality a.k.a,,,,,The Rain (Sanctions) Regulations 2020,Individual,UK,Asset freeze,,,,,,,,,,,,,,24/02/2022,,,,,,,,Male,,
";

#[test]
fn rows_of_the_uk_sanctions_list_are_joined_by_their_number() {
    let import = import(UK);
    let party = only(&import, Format::UkCsv);
    assert_eq!(party.id, "RAI0001");
    let expected = [
        ("Ivan Petrovich REGENOV", NameRole::Primary, false),
        ("Иван Регенов", NameRole::Alias, false),
        ("Ivan REGENOW", NameRole::Alias, false),
        ("THE CLOUD", NameRole::Alias, true),
    ];
    assert_eq!(names(party), expected);
    assert_eq!(import.lists[0].source.date.map(|it| it.to_string()).as_deref(), Some("2026-09-11"));
    let births: Vec<_> =
        party.births.iter().map(|it| (it.earliest.to_string(), it.latest.to_string())).collect();
    let day = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(births, [day("1960-01-01", "1960-12-31"), day("1961-06-05", "1961-06-05")]);
    let nationalities =
        party.countries.iter().filter(|it| it.0 == CountryLink::Nationality).count();
    assert_eq!(nationalities, 2);
    assert_eq!(party.gender, Some(Gender::Male));
    assert_eq!(party.remarks.as_deref(), Some("Minister of Rain; Sells rain."));
    assert_eq!(party.addresses.len(), 1);
}

const EU: &str = "\
fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_UnitedNationId;Entity_DesignationDate;Entity_DesignationDetails;Entity_Remark;Entity_SubjectType;Entity_SubjectType_ClassificationCode;Entity_Regulation_Type;Entity_Regulation_Programme;Entity_Regulation_NumberTitle;Entity_Regulation_PublicationUrl;NameAlias_LastName;NameAlias_FirstName;NameAlias_MiddleName;NameAlias_WholeName;NameAlias_Gender;NameAlias_Strong;Address_City;Address_Street;Address_CountryIso2Code;BirthDate_BirthDate;BirthDate_Year;BirthDate_Circa;BirthDate_CountryIso2Code;Identification_Number;Identification_TypeDescription;Identification_CountryIso2Code;Citizenship_CountryIso2Code
11/09/2026;13;EU.27.28;;2003-07-07;;;P;person;amendment;RAIN;1/2003 (OJ L1);https://example.org/1;Regen;Anna;Maria;Anna Maria Regen;F;true;;;;;;;;;;;
11/09/2026;13;EU.27.28;;2003-07-07;;;P;person;amendment;RAIN;1/2003 (OJ L1);https://example.org/1;;;;Wolke;;false;;;;;;;;;;;
11/09/2026;13;EU.27.28;;2003-07-07;;;P;person;amendment;RAIN;1/2003 (OJ L1);https://example.org/1;;;;;;;;;;;1962;true;DE;;;;
11/09/2026;13;EU.27.28;;2003-07-07;;;P;person;amendment;RAIN;1/2003 (OJ L1);https://example.org/1;;;;;;;Bonn;Regenweg 1;DE;;;;;K1;National passport;DE;DE
";

#[test]
fn rows_of_the_european_table_are_joined_by_their_entity() {
    let import = import(EU);
    let party = only(&import, Format::EuCsv);
    assert_eq!((party.id.as_str(), party.kind), ("EU.27.28", PartyKind::Person));
    let expected =
        [("Anna Maria Regen", NameRole::Primary, false), ("Wolke", NameRole::Alias, true)];
    assert_eq!(names(party), expected);
    assert!(party.births[0].circa);
    assert_eq!(party.addresses[0].city, "Bonn");
    assert_eq!(party.ids[0].number, "K1");
    assert_eq!(party.programs, ["RAIN"]);
    let day = import.lists[0].source.date.map(|it| it.to_string());
    assert_eq!(day.as_deref(), Some("2026-09-11"));
}

const FTM: &str = r#"{"id":"Q1","schema":"Person","datasets":["rain"],"first_seen":"2024-01-02","properties":{"name":["Ivan Regenov"],"alias":["Vanya"],"weakAlias":["Cloud"],"firstName":["Ivan"],"lastName":["Regenov"],"birthDate":["1960"],"nationality":["ru"],"country":["ru"],"topics":["sanction"],"passportNumber":["A100"]}}
{"id":"s1","schema":"Sanction","properties":{"entity":["Q1"]}}
{"id":"broken","schema":
"#;

#[test]
fn entities_are_read_line_by_line_and_a_broken_line_costs_itself() {
    let import = import(FTM);
    let party = &import.lists[0].parties[0];
    let expected = [
        ("Ivan Regenov", NameRole::Primary, false),
        ("Vanya", NameRole::Alias, false),
        ("Cloud", NameRole::Alias, true),
    ];
    assert_eq!(names(party), expected);
    assert_eq!(party.names[0].parts.as_ref().map(|it| it.family.as_str()), Some("Regenov"));
    assert_eq!(party.programs, ["sanction", "rain"]);
    let problems: Vec<String> = import.problems.iter().map(ToString::to_string).collect();
    let expected = [
        "`file`, line 3: EOF while parsing a value",
        "`file`, line 1, field `schema`: 1 lines are of kinds that are no parties and were passed over",
    ];
    assert_eq!(problems, expected);
    assert_eq!(import.lists[0].source.lost, 1);
}

#[test]
fn a_table_of_denied_persons_gives_first_and_last_days() {
    let import = import(
        "\"Name\"\t\"Street_Address\"\t\"City\"\t\"State\"\t\"Country\"\t\"Postal_Code\"\t\"Effective_Date\"\t\"Expiration_Date\"\t\"Standard_Order\"\t\"Last_Update\"\t\"Action\"\t\"FR_Citation\"\n\
         \"JANE EXAMPLE\"\t\"1 RAIN ST\"\t\"WETVILLE\"\t\"TX\"\t\"US\"\t\"75159\"\t\"06/19/2003\"\t\"06/29/2056\"\t\"N\"\t\"2007-01-31\"\t\"NON STANDARD\"\t\"68 F.R. 1 6/27/03\"\n",
    );
    let party = only(&import, Format::BisDenied);
    assert_eq!(party.from.map(|it| it.to_string()).as_deref(), Some("2003-06-19"));
    assert_eq!(party.until.map(|it| it.to_string()).as_deref(), Some("2056-06-30"));
    assert!(party.remarks.as_deref().is_some_and(|it| it.contains("read its terms")));
}

#[test]
fn a_json_list_of_an_authority_keeps_its_own_code_and_ends_what_has_ended() {
    let import = import(
        r#"{"list_id": "rain-list", "extracted": "2026-07-09", "count": 1, "entities": [
            {"name": "Regen GmbH", "aliases": ["Rain Ltd; and Pluie SA"], "country": "Germany",
             "address": null, "federal_register": "86 FR 1, 1/2/21",
             "notes": "imposed 1/2/2021; status: Expired on 01/02/23; 86 FR 1"}]}"#,
    );
    let party = only(&import, Format::BisJson);
    assert_eq!(party.list, "RAIN-LIST");
    let texts: Vec<&str> = party.names.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts, ["Regen GmbH", "Rain Ltd", "Pluie SA"]);
    assert_eq!(party.until.map(|it| it.to_string()).as_deref(), Some("2023-01-02"));
    assert_eq!(import.lists[0].source.extent, Extent::Whole);
}

#[test]
fn files_of_one_list_are_joined_and_the_younger_one_has_the_entry() {
    let file = |name: &'static str, text: &'static str| crate::lists::ListFile {
        name,
        bytes: text.as_bytes(),
    };
    let older = r#"{"list_id": "state-debarred-admin", "extracted": "2025-01-02", "entities": [{"name": "Ada", "aliases": ["Ada the First"], "notes": "old"}, {"name": "Bob"}]}"#;
    let younger = r#"{"list_id": "state-debarred-statutory", "extracted": "2026-01-02", "entities": [{"name": "Ada", "notes": "new"}, {"name": "Cy"}]}"#;
    for files in [[file("a", older), file("b", younger)], [file("b", younger), file("a", older)]] {
        let import = crate::lists::import(&files);
        let [list] = import.lists.as_slice() else { panic!("one list") };
        let mut names: Vec<_> = list.parties.iter().map(|it| it.names[0].text.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["Ada", "Bob", "Cy"]);
        let ada = list.parties.iter().find(|it| it.names[0].text == "Ada").expect("Ada");
        assert_eq!(ada.remarks.as_deref(), Some("new"));
        let other: Vec<_> = ada.names.iter().map(|it| (it.text.as_str(), it.role)).collect();
        assert_eq!(other, [("Ada", NameRole::Primary), ("Ada the First", NameRole::Alias)]);
        assert_eq!(list.source.date.map(|it| it.to_string()).as_deref(), Some("2025-01-02"));
    }
}

#[test]
fn a_main_file_without_its_aliases_is_no_whole_list() {
    let import =
        import("36,\"WET AIRLINES\",-0- ,\"RAIN\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n");
    let party = only(&import, Format::OfacCsv);
    assert_eq!(names(party), [("WET AIRLINES", NameRole::Primary, false)]);
    let source = &import.lists[0].source;
    assert_eq!(source.extent, Extent::Excerpt);
    assert!(source.note.as_deref().is_some_and(|it| it.contains("aliases are missing")));
}

#[test]
fn what_a_list_writes_behind_a_name_is_another_name() {
    let import = import(
        r#"{"list_id": "bis-entity-list", "entities": [{"name": "Aka Regen GmbH (f.k.a., Wet GmbH)", "aliases": ["-Rain Ltd, a.k.a. Pluie SA; and Chuva (formerly known as Agua)"]}]}"#,
    );
    let party = only(&import, Format::BisJson);
    let expected = [
        ("Aka Regen GmbH", NameRole::Primary, false),
        ("Wet GmbH", NameRole::Former, false),
        ("Rain Ltd", NameRole::Alias, false),
        ("Pluie SA", NameRole::Alias, false),
        ("Chuva", NameRole::Alias, false),
        ("Agua", NameRole::Former, false),
    ];
    assert_eq!(names(party), expected);
}
