//! The kinds of things and their facts.

use super::kind::{Ask, FactEntry, KindEntry, Of, kind};

kind! {
    /// The transaction itself.
    transaction "transaction" = 0 of None;
    ACTIVITY "activity" Code("activity"), told;
    FROM "from" Code("country"), asked "From which country does the item leave, or where is the person who releases it?" 1 "from" "P1";
    DESTINATION "destination" Code("country"), asked "Which country is the ultimate destination?" 1 "destination";
    PURPOSES "purposes" Set("purpose"), asked "What will the item be used for?" 2 "end_use.purposes";
    KNOWS "knows" Set("knowledge"), asked "Do you know, have reason to know, or were you told of any forbidden use, such as unauthorized access, weapons or diversion?" 2 "end_use.knows" "P15";
    END_USER_KNOWN "end-user-known" Truth, asked "Do you know who will finally use the item, and for what?" 2 "end_use.end_user_known";
    VICTIM_SECTOR "victim-sector" Code("sector"), asked "In which sector is the organization whose systems were hit by the incident?" 2 "end_use.incident.victim_sector";
    VICTIM_US_SUBSIDIARY "victim-us-subsidiary" Truth, asked "Is the organization whose systems were hit a subsidiary of a US company?" 3 "end_use.incident.victim_is_us_subsidiary";
    TANGIBLE "tangible" Truth, asked "Do goods or a data carrier cross the border, and not only a download or an e-mail?" 1 "transfer.tangible" "P16";
    END_TO_END_ENCRYPTED "end-to-end-encrypted" Truth, asked "Is the data encrypted without interruption between sender and recipient?" 2 "transfer.end_to_end_encrypted" "P16";
    FIPS_OR_EQUIVALENT "fips-or-equivalent" Truth, asked "Does the encryption of the transfer meet FIPS 140-2, or is it as effective?" 3 "transfer.fips_or_equivalent" "P16";
    KEYS_WITHHELD "keys-withheld" Truth, asked "Are the keys kept from every third party?" 2 "transfer.keys_withheld" "P16";
    EFFECTIVE_CONTROL "effective-control" Truth, asked "Does the item stay under the effective control of your own people while it is abroad?" 2 "temporary.effective_control";
    RETURNS_WITHIN_ONE_YEAR "returns-within-one-year" Truth, asked "Does the item come back, or is it destroyed, within one year?" 1 "temporary.returns_within_one_year";
    ACCESS_PROTECTED "access-protected" Truth, asked "Is the software protected against access by others, for example by a password, a VPN or a firewall?" 1 "temporary.access_protected";
    ORDER_TO_ACQUIRE "order-to-acquire" Truth, asked "Did you receive an order to acquire the item before shipping it?" 1 "temporary.order_to_acquire";
    PERSONAL_BAGGAGE "personal-baggage" Truth, asked "Does it travel as personal baggage of its owner?" 1 "temporary.personal_baggage";
    DOCUMENTS "documents" Set("document"), asked "Which documents do you hold, such as import licenses, written assurances or statements?" 2 "documents_held";
    OFAC_AUTHORIZATION "ofac-authorization" Truth, asked "Does an OFAC license or general license cover the transaction?" 3 "documents_held";
    BIS_LICENSE "bis-license" Truth, asked "Do you hold a BIS license for this that has not expired on the date?" 2 "authorizations" "P15";
    LATER_LEG_BARRED "later-leg-barred" Truth, told;
    LEFT_THE_US "left-the-us" Truth, told;
    LEG_MISSING "leg-missing" Truth, told;
    TOLD_IN_NO_LEG "told-in-no-leg" Truth, told;
}

kind! {
    /// One line of what is to leave.
    item "item" = 1 of Some(super::transaction::KIND);
    ECCN "eccn" Code("entry"), asked "What is the classification of {item}, down to the paragraph?" 4 "eccn";
    FORM "form" Code("form"), asked "Is {item} hardware, object code, source code, technology, a key, access information or a service?" 1 "form";
    PRODUCT_GROUP "product-group" Code("product-group"), told;
    STATED_REASONS "stated-reasons" Set("reason"), asked "For which reasons is {item} controlled? Its classification is not in the rulebook's table." 3 "reasons_for_control";
    STATED_FOR_UNLISTED "stated-for-unlisted" Truth, asked "What is the classification of {item}?" 4 "eccn";
    CLASSIFIED_BY_ANSWERS "classified-by-answers" Truth, told;
    LISTED_ON_ANOTHER_DAY "listed-on-another-day" Truth, asked "What is the classification of {item}?" 4 "eccn";
    VALUE_USD "value-usd" Number, asked "What is the value of the whole line of {item}, in US dollars?" 1 "value_usd";
    ORDER_VALUE_USD "order-value-usd" Number, asked "What is the value of the whole line of {item}, in US dollars?" 1 "value_usd";
    QUANTITY "quantity" Number, asked "How many pieces of {item} are to leave?" 1 "quantity";
    US_ORIGIN "us-origin" Truth, asked "Was {item} made in the United States?" 2 "origin.us_origin";
    MADE_IN "made-in" Code("country"), asked "In which country was {item} made?" 2 "origin.made_in";
    US_CONTENT_PERCENT "us-content-percent" Number, asked "How much controlled US-origin content does {item} have, in percent of its value, measured for this destination?" 4 "origin.us_content_percent";
    US_5E002_COMMINGLED "us-5e002-commingled" Truth, asked "Is {item} foreign encryption technology that contains US technology of 5E002?" 4 "origin.us_5e002_commingled";
    FOREIGN_DIRECT_PRODUCT "foreign-direct-product" Truth, asked "Is {item} the direct product of US technology, software or a plant that 734.9 names?" 5 "origin.foreign_direct_product";
    PUBLISHED "published" Truth, asked "Has {item} been made available to the public without restriction on further dissemination?" 1 "published" "P2";
    FUNDAMENTAL_RESEARCH "fundamental-research" Truth, asked "Does {item} arise from fundamental research that is meant to be published?" 3 "fundamental_research" "P2";
    IN_PUBLISHED_PATENT "in-published-patent" Truth, asked "Does {item} stand in a published patent or patent application?" 2 "in_published_patent" "P2";
    FREE_OF_CHARGE "free-of-charge" Truth, asked "Is {item} free of charge?" 1 "free_of_charge" "P4";
    WIDELY_AVAILABLE "widely-available" Truth, asked "Is {item} widely available to the public?" 2 "widely_available" "P4";
    MASS_MARKET "mass-market" Truth, asked "Is {item} a mass-market product in the sense of Note 3 to Category 5 Part 2?" 3 "mass_market" "P4";
    ENC_CLASSIFICATION "enc-classification" Code("enc-classification"), asked "Was the encryption of {item} self-classified, was a request filed with BIS, or did BIS issue a classification?" 2 "encryption.classification" "P5";
    REQUEST_FILED_DAYS "request-filed-days" Number, asked "How many days ago was the classification request for {item} registered?" 2 "encryption.request_filed_days_ago";
    ON_HOLD "on-hold" Truth, asked "Does BIS hold the request for {item} without action?" 3 "encryption.on_hold" "P5";
    MASS_MARKET_DENIED "mass-market-denied" Truth, asked "Is {item} a mass-market product in the sense of Note 3 to Category 5 Part 2?" 3 "mass_market" "P4";
    ENC_STEP_DENIED "enc-step-denied" Truth, asked "Was the encryption of {item} self-classified, was a request filed with BIS, or did BIS issue a classification?" 2 "encryption.classification" "P5";
    ENC_CATEGORY "enc-category" Code("enc-category"), asked "Which paragraph of 740.17(b) describes the encryption of {item}?" 4 "encryption.category";
    NONSTANDARD "nonstandard" Truth, asked "Does {item} use non-standard cryptography?" 3 "encryption.nonstandard";
    OPEN_SOURCE_NOTIFIED "open-source-notified" Truth, asked "Was the e-mail notice for published encryption source code of {item} sent to BIS and NSA?" 2 "encryption.open_source_notified" "P5";
    SUPPLIED_AS "supplied-as" Code("supplied-as"), asked "Is {item} supplied as a product, a bug fix, an upgrade, operation or sales technology, or a replacement part?" 1 "supplied_as" "P3";
    ORIGINAL_EXPORT_AUTHORIZED "original-export-authorized" Truth, asked "Was the first supply of {item}, or its holder's own receipt of it, lawful?" 3 "original_export_authorized" "P4";
    SAME_CONSIGNEE "same-consignee" Truth, asked "Does {item} go to the same consignee as the first supply?" 1 "same_consignee" "P4";
    DIGITAL_ARTIFACT "digital-artifact" Truth, asked "Was {item} found on an information system, and does it show activity on that system?" 2 "digital_artifact" "P4";
    OUTCOME "outcome" Code("outcome"), late;
    EXCEPTION_USED "exception-used" Code("exception-or-none"), late;
    LICENSE_REQUIRED "license-required" Truth, late;
}

kind! {
    /// Another entry that describes an item too.
    other_entry "other-entry" = 2 of Some(super::item::KIND);
    ECCN "eccn" Code("entry"), asked "Which other entries of the Commerce Control List describe {item} too?" 4 "also_controlled" "P4";
}

kind! {
    /// A country through which an item moves.
    passage "passage" = 3 of Some(super::item::KIND);
    COUNTRY "country" Code("country"), asked "Through which countries does the item move on its way?" 2 "transit" "P15";
    CLEARED "cleared" Truth, asked "Could {item} lawfully be sent to each country it passes through?" 4 "transit";
}

kind! {
    /// Someone who takes part.
    party "party" = 4 of Some(super::transaction::KIND);
    ROLE "role" Code("role"), asked "What does {party} do in the transaction?" 1 "role";
    COUNTS_AS_END_USER "counts-as-end-user" Truth, told;
    GHOST "ghost" Truth, told;
    COUNTRY "country" Code("country"), asked "In which country is {party}?" 1 "country" "P11";
    US_STATUS "us-status" Code("us-status"), asked "Is {party} a US citizen, a US permanent resident, a protected individual, a US entity or a foreign person?" 2 "us_status" "P12";
    PERMANENT_EMPLOYEE "permanent-employee" Truth, asked "Is {party} a permanent and regular employee?" 2 "permanent_employee";
    US_SUBSIDIARY "us-subsidiary" Truth, asked "Is {party} a subsidiary of a US company?" 3 "us_subsidiary" "P6";
    HEADQUARTERS "headquarters" Code("country"), asked "In which country is the headquarters of the ultimate parent of {party}?" 3 "headquarters" "P13";
    EL_OWNED_PERCENT "el-owned-percent" Number, asked "Who owns {party}, directly or indirectly, and with which shares? It matters which owners are on the Entity List, on the Military End-User List or blocked by the Treasury. An empty list says that nobody owns any of it, and that this is established; leave it open where the owners are not known." 5 "owners";
    MEU_OWNED_PERCENT "meu-owned-percent" Number, asked "Who owns {party}, directly or indirectly, and with which shares? It matters which owners are on the Entity List, on the Military End-User List or blocked by the Treasury. An empty list says that nobody owns any of it, and that this is established; leave it open where the owners are not known." 5 "owners";
    SDN_OWNED_PERCENT "sdn-owned-percent" Number, asked "Who owns {party}, directly or indirectly, and with which shares? It matters which owners are on the Entity List, on the Military End-User List or blocked by the Treasury. An empty list says that nobody owns any of it, and that this is established; leave it open where the owners are not known." 5 "owners";
    LISTED_OWNED_PERCENT "listed-owned-percent" Number, asked "Who owns {party}, directly or indirectly, and with which shares? It matters which owners are on the Entity List, on the Military End-User List or blocked by the Treasury. An empty list says that nobody owns any of it, and that this is established; leave it open where the owners are not known." 5 "owners";
    LISTED_OWNER "listed-owner" Truth, asked "Who owns {party}, directly or indirectly, and with which shares? It matters which owners are on the Entity List, on the Military End-User List or blocked by the Treasury. An empty list says that nobody owns any of it, and that this is established; leave it open where the owners are not known." 5 "owners";
    NAMED "named" Truth, told;
    ELSEWHERE "elsewhere" Truth, told;
    TOLD_OTHERWISE "told-otherwise" Truth, told;
    TAKEN_ON "taken-on" Truth, told;
    OWNERS_UNTOLD "owners-untold" Truth, asked "Who owns {party}, directly or indirectly, and with which shares? It matters which owners are on the Entity List, on the Military End-User List or blocked by the Treasury. An empty list says that nobody owns any of it, and that this is established; leave it open where the owners are not known." 5 "owners";
    NATIONALITY_KNOWN "nationality-known" Truth, told;
    ADDRESS_NEAR_746_6 "address-near-746-6" Truth, told;
}

kind! {
    /// A citizenship or permanent residency of a party.
    nationality "nationality" = 5 of Some(super::party::KIND);
    COUNTRY "country" Code("country"), asked "Of which countries is {party} a citizen or a permanent resident? Name all of them: the latest decides where a release goes." 2 "country";
    STATUS "status" Code("nationality-status"), asked "Is {party} a citizen or a permanent resident there?" 2 "status";
    LATEST "latest" Truth, asked "Since when does {party} have this citizenship or residency?" 2 "since";
    ELSEWHERE "elsewhere" Truth, told;
}

kind! {
    /// A party as such, or the principal for whom it acts.
    person "person" = 6 of Some(super::party::KIND);
    WHO "who" Code("who"), told;
    COUNTRY "country" Code("country"), asked "In which country is {party}?" 1 "country";
    SECTOR "sector" Code("sector"), asked "What is {party}, and what does it do: which sector?" 1 "sector";
    GOVERNMENT_LEVEL "government-level" Code("government-level"), asked "Is {party} a national, regional or local body?" 1 "government_level" "P10";
    GOVERNMENT_OF "government-of" Code("country"), asked "Of which country's government is {party} a body, or which government owns it?" 2 "government_of" "P9";
    STATE_OWNED_PERCENT "state-owned-percent" Number, asked "What share of {party} do governments own or control, directly or indirectly, in percent?" 4 "state_owned_percent" "P7";
    STATE_APPOINTS_BOARD "state-appoints-board" Truth, asked "May a government appoint most of the board of {party}?" 4 "state_appoints_board_majority" "P8";
}

kind! {
    /// A listing that reaches a party.
    listing "listing" = 7 of Some(super::party::KIND);
    VIA "via" Code("via"), asked "Is {party} itself listed, or only its address?" 3 "basis";
    LIST "list" Code("list"), asked "On which lists of restricted parties is {party}? Answer with an empty list where a screening found nothing." 2 "list";
    SCOPE "scope" Code("scope"), asked "What does the Entity List entry of {party} cover: all items, items of the Commerce Control List, or listed items?" 2 "scope";
    SCOPE_ECCNS "scope-eccns" Set("entry"), asked "Which classifications does the Entity List entry of {party} cover?" 2 "scope_eccns";
    EXCEPTIONS_ALLOWED "exceptions-allowed" Set("exception"), asked "Which license exceptions does the entry of {party} leave open?" 2 "exceptions_allowed";
    FOOTNOTES "footnotes" Set("footnote"), asked "Which footnotes does the Entity List entry of {party} have?" 2 "footnotes";
    TAGS "tags" Set("tag"), asked "Under which sanctions programs is {party} listed?" 2 "tags";
    REVIEW_POLICY "review-policy" Code("policy"), asked "Which review policy does the entry of {party} state?" 2 "review_policy";
}

kind! {
    /// A country in which data is stored on purpose.
    stored_place "stored-place" = 8 of Some(super::transaction::KIND);
    COUNTRY "country" Code("country"), asked "In which countries is the data stored on purpose?" 2 "transfer.intentionally_stored_in";
    ELSEWHERE "elsewhere" Truth, asked "In which countries is the data stored on purpose?" 2 "transfer.intentionally_stored_in" "P16";
}

kind! {
    /// A notice of a government.
    notice "notice" = 9 of Some(super::transaction::KIND);
    NOTICE_FROM "notice-from" Code("notice-from"), asked "Which agency gave the notice? Answer with an empty list of notices where there is none." 1 "from" "P15";
    NOTICE_TYPE "notice-type" Code("notice-type"), asked "Did the notice inform you that a license is needed, or is it an order?" 1 "type";
    APPLIES_TO "applies-to" Code("applies-to"), asked "Does the notice apply to the transaction, a party, an item or a destination?" 1 "applies_to";
    ITEMS "items" Code("notice-items"), asked "Does the notice cover all items, or listed ones?" 1 "items";
    COVERS_ECCNS "covers-eccns" Set("entry"), asked "Which classifications does the notice cover?" 1 "eccns";
    EXCEPTIONS_ALLOWED "exceptions-allowed" Set("exception"), asked "Which license exceptions does the notice leave open?" 1 "exceptions_allowed";
}

kind! {
    /// Something that makes the transaction doubtful.
    red_flag "red-flag" = 10 of Some(super::transaction::KIND);
    FLAG "flag" Code("flag"), asked "Did you look for red flags, and which did you find? Answer with an empty list where you found none." 2 "flag" "P15";
    RESOLVED "resolved" Truth, asked "Was the red flag resolved, and how?" 3 "resolved";
}

kind! {
    /// Who owns a party, directly or indirectly.
    owner "owner" = 11 of Some(super::party::KIND);
    COUNTRY "country" Code("country"), asked "Who owns {party}, and in which countries are the owners?" 4 "country";
    PERCENT "percent" Number, asked "Who owns {party}, and with which shares?" 5 "percent";
}
