use super::asset::{SCRIPT, STYLE};

#[test]
fn what_every_page_loads_leaves_room_for_the_page_in_a_hundred_kilobytes() {
    let loaded = STYLE.size() + SCRIPT.size();
    assert!(loaded < 60_000, "style and script are {loaded} bytes");
}
