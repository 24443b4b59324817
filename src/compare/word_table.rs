//! Maps from the keys of words that stand in the program as they are, laid out by the build script.

/// The slots of a map with open addressing; their number is a power of two. Keys are hashes already.
pub(super) type Slot<V> = Option<(u64, V)>;

/// What a key stands for.
pub(super) fn find<V: Copy>(slots: &[Slot<V>], key: u64) -> Option<V> {
    let mask = slots.len().wrapping_sub(1);
    let mut at = key as usize & mask;
    while let Some((found, value)) = *slots.get(at)? {
        if found == key {
            return Some(value);
        }
        at = (at + 1) & mask;
    }
    None
}
