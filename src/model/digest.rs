//! A digest that is the same on every machine, for comparing texts and places.

/// A digest of a text, chained to another one (0 to begin with).
///
/// Every text of every page goes through it several times, so it takes eight bytes at a step (multiply and fold, as
/// wyhash does).
pub fn digest(chain: u64, text: &str) -> u64 {
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let hash = words.iter().fold(chain.rotate_left(17), |hash, word| mixed(hash, u64::from_le_bytes(*word)));
    mixed(mixed(hash, u64::from_le_bytes(last)), text.len() as u64)
}

fn mixed(hash: u64, word: u64) -> u64 {
    let (low, high) = (hash ^ word ^ 0xcbf2_9ce4_8422_2325).carrying_mul(0x9e37_79b9_7f4a_7c15, 0);
    low ^ high
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::digest;

    #[test]
    fn texts_and_chains_are_told_apart() {
        let texts =
            ["", "\0", "ก", "กก", "12345678", "12345678\0", "123456789", "x".repeat(64).as_str()].map(str::to_owned);
        let digests: BTreeSet<u64> =
            texts.iter().flat_map(|text| [0, 1, digest(0, text)].map(|c| digest(c, text))).collect();
        assert_eq!(digests.len(), texts.len() * 3);
        let numbers: BTreeSet<u64> = (0..100_000).map(|n: u32| digest(7, &n.to_string())).collect();
        assert_eq!(numbers.len(), 100_000);
        assert_eq!(digest(0, "องค์การบริหารส่วนตำบล"), digest(0, "องค์การบริหารส่วนตำบล"));
    }
}
