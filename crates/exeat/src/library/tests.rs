use super::*;

const IN_THE_PROGRAM: RulesArg = RulesArg { rules: None, also: Vec::new() };

#[test]
fn the_digest_worked_out_at_build_time_is_that_of_the_files_in_the_program() {
    let mut files = IN_THE_PROGRAM.files().unwrap();
    assert_eq!(RULEBOOK_DIGEST, digest(&files));
    files.last_mut().unwrap().text.push(' ');
    assert_ne!(RULEBOOK_DIGEST, digest(&files), "and it tells one character");
}

#[test]
fn a_kept_rulebook_is_read_as_it_was() {
    let files = IN_THE_PROGRAM.files().unwrap();
    let again = files_of(&bytes(&files)).unwrap();
    assert_eq!(digest(&files), digest(&again));
    assert_eq!(files.len(), again.len());
    assert!(files_of(&bytes(&files)[..100]).is_err());
}
