//! Where each place stands in the picture: one tile for a place, roughly where a map has it.
//!
//! The grid is a drawing and no law: the centers of the places were spread until no two shared a
//! cell, with the least movement in all.

use decision::Country;
use std::collections::BTreeMap;

const TILES: &str = include_str!("tiles.csv");

/// A cell of the grid, from 0 in the upper left.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Cell {
    pub(crate) row: u32,
    pub(crate) column: u32,
}

/// The cell of every place.
pub(crate) fn cells() -> BTreeMap<Country, Cell> {
    TILES.lines().skip(1).filter_map(cell).collect()
}

fn cell(line: &str) -> Option<(Country, Cell)> {
    let mut parts = line.split(',');
    let country = parts.next()?.parse().ok()?;
    let column = parts.next()?.parse().ok()?;
    let row = parts.next()?.parse().ok()?;
    Some((country, Cell { row, column }))
}
