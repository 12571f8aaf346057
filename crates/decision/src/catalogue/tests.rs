use super::{Catalogue, KINDS, Of, party, person};
use law::schema::{DomainValues, KindId};

#[test]
fn every_fact_names_a_domain_that_is_declared() {
    let catalogue = Catalogue::new();
    for (kind, fact) in catalogue.facts() {
        if let Of::Code(domain) | Of::Set(domain) = fact.of {
            assert!(catalogue.schema.domain(domain).is_some(), "{kind:?} {} {domain}", fact.name);
        }
    }
}

#[test]
fn handles_and_places_agree() {
    for (place, kind) in KINDS.iter().enumerate() {
        assert_eq!(usize::from(kind.id.0), place, "{}", kind.name);
        assert!(kind.parent.is_none_or(|it| it < kind.id), "{} before its parent", kind.name);
        for (place, fact) in kind.facts.iter().enumerate() {
            assert_eq!(usize::from(fact.id.0), place, "{}.{}", kind.name, fact.name);
        }
    }
    let catalogue = Catalogue::new();
    assert_eq!(catalogue.schema.kind("person"), Some(person::KIND));
    let found = catalogue.schema.fact(party::KIND, "ghost").map(|it| it.0);
    assert_eq!(found, Some(party::GHOST));
}

#[test]
fn every_set_fits_into_its_bits() {
    for domain in Catalogue::new().schema.domains {
        if let DomainValues::Fixed(values) = &domain.values {
            assert!(values.len() <= 128, "{}", domain.name);
            let mut sorted = values.clone();
            sorted.sort();
            sorted.dedup();
            assert_eq!(sorted.len(), values.len(), "{} repeats a value", domain.name);
        }
    }
}

#[test]
fn a_question_says_where_its_answer_goes() {
    let catalogue = Catalogue::new();
    assert_eq!(
        catalogue.template(person::KIND, person::SECTOR).as_deref(),
        Some("parties[{party}].sector")
    );
    assert_eq!(catalogue.template(party::KIND, party::GHOST), None);
    assert_eq!(
        catalogue.template(KindId(0), super::transaction::PURPOSES).as_deref(),
        Some("end_use.purposes")
    );
    for (_, fact) in catalogue.facts() {
        if let Some(ask) = fact.ask {
            assert!((1..=5).contains(&ask.cost) && ask.question.contains('?'), "{}", fact.name);
        }
    }
}
