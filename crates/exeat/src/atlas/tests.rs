use super::tiles::cells;
use decision::Country;
use std::collections::BTreeSet;

#[test]
fn every_place_has_a_tile_of_its_own() {
    let cells = cells();
    for country in Country::all() {
        assert!(cells.contains_key(&country), "{country} has no tile");
    }
    let places: BTreeSet<_> = cells.values().collect();
    assert_eq!(places.len(), cells.len(), "two places share a tile");
}
