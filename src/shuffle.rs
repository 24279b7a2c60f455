//! An order that looks random, and is the same for the same question and seed on every machine.

/// A seed for `id` in the run with the seed `run` (FNV-1a).
pub fn seed(id: &str, run: u64) -> u64 {
    id.bytes().chain(run.to_le_bytes()).fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Shuffles `list` (Fisher–Yates over SplitMix64).
pub fn shuffle<T>(list: &mut [T], mut seed: u64) {
    for last in (1..list.len()).rev() {
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let pick = (mixed ^ (mixed >> 31)) % (last as u64 + 1);
        list.swap(last, pick as usize);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn keeps_every_element_and_depends_on_the_seed() {
        let shuffled = |seed| {
            let mut list: Vec<u32> = (0..20).collect();
            super::shuffle(&mut list, seed);
            list
        };
        let mut one = shuffled(super::seed("a", 1));
        assert_ne!(one, shuffled(super::seed("a", 2)));
        assert_ne!(one, shuffled(super::seed("b", 1)));
        one.sort_unstable();
        assert_eq!(one, (0..20).collect::<Vec<u32>>());
    }
}
