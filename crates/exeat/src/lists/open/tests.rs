use super::{Bytes, Lists};
use crate::lists::refresh::{INDEX, bytes_of};
use screening::lists::{ListFile, import};
use screening::snapshot;

#[test]
fn lists_that_another_version_indexed_are_searched_as_they_are() {
    let file = b"list,id,name\nEL,e1,NSO Group\nDPL,d1,Ottokar Vremenski\n";
    let read = import(&[ListFile { name: "list.csv", bytes: file }]);
    let now = Lists::new(Bytes::Held(bytes_of(&read.lists).unwrap()), false).unwrap();
    assert!(!now.is_remade());
    for index in [vec![(INDEX, b"an index of another version".to_vec())], Vec::new()] {
        let bytes = snapshot::write(&read.lists, &index).unwrap();
        let lists = Lists::new(Bytes::Held(bytes), false).unwrap();
        assert!(lists.is_remade());
        assert_eq!(lists.index().unwrap().names(), now.index().unwrap().names());
        assert_eq!(lists.searched(7).lists, now.searched(7).lists);
    }
}
