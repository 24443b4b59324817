//! Places: in the source as stored ([`Span`]) and in the text as a reader sees it ([`TextRange`]).

use serde::{Deserialize, Serialize};

/// A half-open byte range in a policy's decoded source ([`Policy::source`](super::Policy::source)).
///
/// For UTF-8 files these are the file's own byte offsets (a byte order mark counts as its three
/// bytes); for other encodings they count bytes of the text after it was decoded to UTF-8.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A half-open byte range in a policy's reader text ([`Policy::text`](super::Policy::text)).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct TextRange {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

macro_rules! range_methods {
    ($name:ident) => {
        impl $name {
            /// The range from `start` up to, not including, `end`. Offsets past 4 GiB are clamped;
            /// the loader refuses files far smaller than that.
            pub fn new(start: usize, end: usize) -> Self {
                let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                Self {
                    start: clamp(start),
                    end: clamp(end),
                }
            }

            /// The same range as `usize`, for slicing.
            pub fn range(self) -> std::ops::Range<usize> {
                self.start as usize..self.end as usize
            }

            /// Length in bytes.
            pub fn len(self) -> usize {
                self.end.saturating_sub(self.start) as usize
            }

            /// Whether the range holds no byte.
            pub fn is_empty(self) -> bool {
                self.end <= self.start
            }

            /// The slice of `text` that the range names; empty when it does not fit `text`.
            pub fn of(self, text: &str) -> &str {
                text.get(self.range()).unwrap_or("")
            }

            /// Whether `at` lies inside.
            pub fn contains(self, at: u32) -> bool {
                self.start <= at && at < self.end
            }

            /// Whether the two share at least one byte.
            pub fn overlaps(self, other: Self) -> bool {
                self.start < other.end && other.start < self.end
            }
        }
    };
}

range_methods!(Span);
range_methods!(TextRange);
