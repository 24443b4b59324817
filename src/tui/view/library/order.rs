//! What the list is ordered by.

/// What the list is ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum SortBy {
    #[default]
    Site,
    Version,
    Versions,
    Words,
    Title,
    Found,
    /// While a query is there: the best match first.
    Likeness,
}

impl SortBy {
    pub(super) fn label(self) -> &'static str {
        match self {
            SortBy::Site => "site",
            SortBy::Version => "version",
            SortBy::Versions => "number of versions",
            SortBy::Words => "words",
            SortBy::Title => "title",
            SortBy::Found => "place",
            SortBy::Likeness => "likeness",
        }
    }

    /// The next order; by the number of versions only where some policy has several.
    pub(super) fn next(self, histories: bool) -> Self {
        match self {
            SortBy::Site => SortBy::Version,
            SortBy::Version if histories => SortBy::Versions,
            SortBy::Version | SortBy::Versions => SortBy::Words,
            SortBy::Words => SortBy::Title,
            SortBy::Title => SortBy::Found,
            SortBy::Found | SortBy::Likeness => SortBy::Site,
        }
    }
}
