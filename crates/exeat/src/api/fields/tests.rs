use super::schema;
use crate::api::assert_current;

#[test]
fn the_schema_in_the_repository_is_not_stale() {
    assert_current("determination", &schema());
}
