//! Lists of the size of the Consolidated Screening List: read, written and opened.
//!
//! The rows are invented, so that the bench needs no list; `PERFORMANCE.md` has the real ones.
#![expect(clippy::expect_used, reason = "a bench that cannot go on fails")]

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use screening::lists::{List, ListFile, import};
use screening::snapshot::{Ordinal, Snapshot, write};
use std::fmt::Write;

/// As many as the list has.
const ROWS: u32 = 26_000;

fn main() {
    divan::main();
}

/// A list in the published form. Every third row is a person, the others are companies.
fn table() -> String {
    let mut text = "_id,source,entity_number,type,programs,name,title,addresses,\
                    federal_register_notice,start_date,end_date,standard_order,\
                    license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,\
                    gross_registered_tonnage,vessel_flag,vessel_owner,remarks,source_list_url,\
                    alt_names,citizenships,dates_of_birth,nationalities,places_of_birth,\
                    source_information_url,ids\n"
        .to_owned();
    for row in 0..ROWS {
        let name = format!("{:x}", u64::from(row).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let source = "Specially Designated Nationals (SDN) - Treasury Department";
        let row = if row % 3 == 0 {
            format!(
                "{row},{source},{row},Individual,RAIN,\"{name}, Ivan\",,\"{row} Wet Lane, Kazan, \
                 420000, RU\",,,,,,,,,,,,,(Linked To: {name}),https://example.org,\"{name}, \
                 Vanya; {name}, Iwan\",RU,1960-05-06,RU,\"Kazan, Russia\",,\"RU, A{row}, \
                 Passport; Male, Gender\""
            )
        } else {
            format!(
                "{row},{source},{row},Entity,RAIN,{name} Works Ltd,,\"{row} Wet Lane, Kazan, \
                 420000, RU; {row} Dry Lane, Minsk, BY\",,,,,,,,,,,,,,https://example.org,\
                 {name} Trading; {name} Export,,,,,,\"RU, {row}77, Tax ID No.\""
            )
        };
        writeln!(text, "{row}").expect("a string takes it");
    }
    text
}

fn lists(text: &str) -> Vec<List> {
    let import = import(&[ListFile { name: "consolidated.csv", bytes: text.as_bytes() }]);
    assert!(import.problems.is_empty() && import.failures.is_empty());
    import.lists
}

#[divan::bench(sample_count = 5)]
fn a_list_is_imported(bencher: Bencher) {
    let text = table();
    let counted = bencher.counter(ItemsCount::new(ROWS)).counter(BytesCount::new(text.len()));
    counted.bench(|| lists(black_box(&text)));
}

#[divan::bench(sample_count = 5)]
fn a_snapshot_is_written(bencher: Bencher) {
    let lists = lists(&table());
    bencher.counter(ItemsCount::new(ROWS)).bench(|| write(black_box(&lists), &[]));
}

#[divan::bench(sample_count = 20)]
fn a_snapshot_is_opened(bencher: Bencher) {
    let bytes = write(&lists(&table()), &[]).expect("a snapshot");
    let counted = bencher.counter(BytesCount::new(bytes.len()));
    counted.bench(|| Snapshot::open(black_box(bytes.as_slice())).map(|it| it.len()));
}

#[divan::bench]
fn a_party_is_decoded(bencher: Bencher) {
    let bytes = write(&lists(&table()), &[]).expect("a snapshot");
    let snapshot = Snapshot::open(bytes).expect("a snapshot");
    bencher.bench(|| snapshot.party(black_box(Ordinal(12_345))));
}
