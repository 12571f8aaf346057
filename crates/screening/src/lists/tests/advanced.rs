//! The advanced XML of OFAC, with an invented person and ship.

use super::import;
use crate::lists::Format;
use crate::party::{CountryLink, Gender, NameRole, PartyKind};

const ADVANCED: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<Sanctions xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML" Version="3">
  <DateOfIssue CalendarTypeID="1"><Year>2026</Year><Month>7</Month><Day>31</Day></DateOfIssue>
  <ReferenceValueSets>
    <AliasTypeValues><AliasType ID="1400">A.K.A.</AliasType><AliasType ID="1401">F.K.A.</AliasType><AliasType ID="1403">Name</AliasType></AliasTypeValues>
    <CountryValues><Country ID="11111" ISO2="RU">Russia</Country><Country ID="11112">Iran</Country></CountryValues>
    <DetailReferenceValues><DetailReference ID="91526">Male</DetailReference></DetailReferenceValues>
    <FeatureTypeValues><FeatureType ID="8">Birthdate</FeatureType><FeatureType ID="224">Gender</FeatureType><FeatureType ID="25">Location</FeatureType><FeatureType ID="10">Nationality Country</FeatureType><FeatureType ID="344">Digital Currency Address - XBT</FeatureType></FeatureTypeValues>
    <IDRegDocTypeValues><IDRegDocType ID="1571">Passport</IDRegDocType></IDRegDocTypeValues>
    <ListValues><List ID="1550">SDN List</List></ListValues>
    <LocPartTypeValues><LocPartType ID="1451">ADDRESS1</LocPartType><LocPartType ID="1454">CITY</LocPartType></LocPartTypeValues>
    <NamePartTypeValues><NamePartType ID="1520">Last Name</NamePartType><NamePartType ID="1521">First Name</NamePartType><NamePartType ID="1528">Vessel Name</NamePartType></NamePartTypeValues>
    <PartyTypeValues><PartyType ID="1">Individual</PartyType><PartyType ID="4">Transport</PartyType></PartyTypeValues>
    <PartySubTypeValues><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType><PartySubType ID="1" PartyTypeID="4">Vessel</PartySubType></PartySubTypeValues>
    <SanctionsTypeValues><SanctionsType ID="1">Program</SanctionsType><SanctionsType ID="2">Block</SanctionsType></SanctionsTypeValues>
  </ReferenceValueSets>
  <Locations>
    <Location ID="7"><LocationCountry CountryID="11111" /><LocationPart LocPartTypeID="1454"><LocationPartValue Primary="true"><Value>Kazan</Value></LocationPartValue></LocationPart><LocationPart LocPartTypeID="1451"><LocationPartValue Primary="true"><Value>1 Wet Lane</Value></LocationPartValue></LocationPart></Location>
    <Location ID="8"><LocationCountry CountryID="11112" /></Location>
  </Locations>
  <IDRegDocuments><IDRegDocument ID="5" IDRegDocTypeID="1571" IdentityID="41" IssuedBy-CountryID="11112"><IDRegistrationNo>A100</IDRegistrationNo></IDRegDocument></IDRegDocuments>
  <DistinctParties>
    <DistinctParty FixedRef="900001"><Comment />
      <Profile ID="900001" PartySubTypeID="4">
        <Identity ID="41" FixedRef="900001" Primary="true" False="false">
          <Alias FixedRef="900001" AliasTypeID="1403" Primary="true" LowQuality="false">
            <DocumentedName ID="1"><DocumentedNamePart><NamePartValue NamePartGroupID="61" ScriptID="215">REGENOV</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue NamePartGroupID="62" ScriptID="215">Ivan</NamePartValue></DocumentedNamePart></DocumentedName>
            <DocumentedName ID="2"><DocumentedNamePart><NamePartValue NamePartGroupID="61" ScriptID="220">Регенов</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue NamePartGroupID="62" ScriptID="220">Иван</NamePartValue></DocumentedNamePart></DocumentedName>
          </Alias>
          <Alias FixedRef="900001" AliasTypeID="1400" Primary="false" LowQuality="true"><DocumentedName ID="3"><DocumentedNamePart><NamePartValue NamePartGroupID="61">CLOUD</NamePartValue></DocumentedNamePart></DocumentedName></Alias>
          <NamePartGroups><MasterNamePartGroup><NamePartGroup ID="61" NamePartTypeID="1520" /></MasterNamePartGroup><MasterNamePartGroup><NamePartGroup ID="62" NamePartTypeID="1521" /></MasterNamePartGroup></NamePartGroups>
        </Identity>
        <Feature ID="1" FeatureTypeID="8"><FeatureVersion ID="1"><Comment /><DatePeriod><Start Approximate="true"><From><Year>1960</Year><Month>1</Month><Day>1</Day></From><To><Year>1960</Year><Month>1</Month><Day>1</Day></To></Start><End Approximate="true"><From><Year>1960</Year><Month>12</Month><Day>31</Day></From><To><Year>1960</Year><Month>12</Month><Day>31</Day></To></End></DatePeriod></FeatureVersion></Feature>
        <Feature ID="2" FeatureTypeID="224"><FeatureVersion ID="2"><Comment /><VersionDetail DetailTypeID="1431" DetailReferenceID="91526" /></FeatureVersion></Feature>
        <Feature ID="3" FeatureTypeID="25"><FeatureVersion ID="3"><Comment /><VersionLocation LocationID="7" /></FeatureVersion></Feature>
        <Feature ID="4" FeatureTypeID="10"><FeatureVersion ID="4"><Comment /><VersionLocation LocationID="8" /></FeatureVersion></Feature>
        <Feature ID="5" FeatureTypeID="344"><FeatureVersion ID="5"><Comment /><VersionDetail DetailTypeID="1432">1RainXBT</VersionDetail></FeatureVersion></Feature>
      </Profile>
    </DistinctParty>
    <DistinctParty FixedRef="900002"><Comment />
      <Profile ID="900002" PartySubTypeID="1"><Identity ID="42"><Alias AliasTypeID="1403" Primary="true"><DocumentedName ID="4"><DocumentedNamePart><NamePartValue NamePartGroupID="63">WET SHIP</NamePartValue></DocumentedNamePart></DocumentedName></Alias><NamePartGroups><MasterNamePartGroup><NamePartGroup ID="63" NamePartTypeID="1528" /></MasterNamePartGroup></NamePartGroups></Identity></Profile>
    </DistinctParty>
  </DistinctParties>
  <SanctionsEntries>
    <SanctionsEntry ID="1" ProfileID="900001" ListID="1550"><EntryEvent ID="1"><Comment /><Date CalendarTypeID="1"><Year>2024</Year><Month>3</Month><Day>5</Day></Date></EntryEvent><SanctionsMeasure ID="1" SanctionsTypeID="1"><Comment>RAIN-EO1</Comment></SanctionsMeasure><SanctionsMeasure ID="2" SanctionsTypeID="2"><Comment /></SanctionsMeasure></SanctionsEntry>
    <SanctionsEntry ID="2" ProfileID="900002" ListID="1550"><SanctionsMeasure ID="3" SanctionsTypeID="1"><Comment>RAIN-EO1</Comment></SanctionsMeasure></SanctionsEntry>
  </SanctionsEntries>
</Sanctions>
"#;

#[test]
fn numbers_of_the_advanced_model_become_words() {
    let import = import(ADVANCED);
    assert!(import.failures.is_empty(), "{:?}", import.failures);
    assert!(import.problems.is_empty(), "{:?}", import.problems);
    let list = &import.lists[0];
    assert_eq!((list.source.code.as_str(), list.source.format), ("SDN", Format::OfacAdvancedXml));
    assert_eq!(list.source.date.map(|it| it.to_string()).as_deref(), Some("2026-07-31"));
    let [person, ship] = list.parties.as_slice() else { panic!("two parties") };
    let names: Vec<_> =
        person.names.iter().map(|it| (it.text.as_str(), it.role, it.weak)).collect();
    let expected = [
        ("Ivan REGENOV", NameRole::Primary, false),
        ("Иван Регенов", NameRole::Alias, false),
        ("CLOUD", NameRole::Alias, true),
    ];
    assert_eq!(names, expected);
    assert_eq!((person.id.as_str(), person.kind), ("900001", PartyKind::Person));
    assert_eq!(person.names[0].parts.as_ref().map(|it| it.family.as_str()), Some("REGENOV"));
    assert_eq!(person.births[0].latest.to_string(), "1960-12-31");
    assert!(person.births[0].circa);
    assert_eq!(person.gender, Some(Gender::Male));
    assert_eq!(
        (person.addresses[0].text.as_str(), person.addresses[0].city.as_str()),
        ("1 Wet Lane", "Kazan")
    );
    assert_eq!(person.countries, [(CountryLink::Nationality, "IR".parse().expect("a code"))]);
    let ids: Vec<_> = person.ids.iter().map(|it| (it.kind.as_str(), it.number.as_str())).collect();
    assert_eq!(ids, [("Passport", "A100"), ("Digital Currency Address - XBT", "1RainXBT")]);
    assert_eq!(person.programs, ["RAIN-EO1"]);
    assert_eq!(person.from.map(|it| it.to_string()).as_deref(), Some("2024-03-05"));
    assert_eq!((ship.kind, ship.names[0].text.as_str()), (PartyKind::Vessel, "WET SHIP"));
}

#[test]
fn a_document_that_was_cut_off_is_refused_as_a_whole() {
    for cut in [ADVANCED.len() / 3, ADVANCED.len() / 2, ADVANCED.len() - 15] {
        let import = import(ADVANCED.get(..cut).expect("a place in ASCII"));
        assert!(import.lists.is_empty(), "at {cut}");
        assert_eq!(import.failures.len(), 1, "at {cut}");
    }
}
