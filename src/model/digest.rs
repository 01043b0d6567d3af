//! A digest that is the same on every machine and in every version, for comparing texts and places.

/// FNV-1a over a text, chained to another digest (0 to begin with).
pub fn digest(chain: u64, text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325 ^ chain.rotate_left(17), |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
