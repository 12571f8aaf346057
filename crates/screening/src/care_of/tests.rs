use super::named_in;

#[test]
fn whoever_is_named_in_an_address_is_read_out_of_it() {
    for (address, names) in [
        ("c/o NSO Group, 12 Harbour Road, Dubai", &["NSO Group"][..]),
        ("C/O: NSO Group Ltd 12 Harbour Road", &["NSO Group Ltd"]),
        ("12 Harbour Road c/o Acme Co., Ltd., Dubai", &["Acme Co., Ltd."]),
        ("Care of NSO Group\n12 Harbour Road", &["NSO Group"]),
        ("Warehouse of NSO Group, gate 3", &["NSO Group"]),
        ("p/a NSO Group; attn: Ottokar Vremenski", &["NSO Group", "Ottokar Vremenski"]),
        ("Attn. Ottokar Vremenski, 5 Le Loi", &["Ottokar Vremenski"]),
        ("5 Le Loi, Hanoi", &[]),
        ("Pacific/Oceania House, 3 Main St", &[]),
        ("12 Attention-free Road", &[]),
        ("c/o 12 Harbour Road", &[]),
        ("", &[]),
    ] {
        assert_eq!(named_in(address), names, "{address}");
    }
}
