//! Small hashes by which the index finds what may be alike. A key never decides: whatever it finds
//! is compared in full.

/// Mixes bytes into 32 bits (FNV-1a, then a finalizer, so that low bits are usable).
#[must_use]
pub fn key(space: u8, parts: &[&[u8]]) -> u32 {
    let mut hash: u32 = 0x811c_9dc5 ^ u32::from(space).wrapping_mul(0x0100_0193);
    for part in parts {
        for byte in *part {
            hash = (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        }
    }
    mix(hash)
}

/// Spreads the bits of a number.
#[must_use]
pub fn mix(mut hash: u32) -> u32 {
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x7feb_352d);
    hash ^= hash >> 15;
    hash = hash.wrapping_mul(0x846c_a68b);
    hash ^ (hash >> 16)
}
