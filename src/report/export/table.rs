//! What a table is: columns, and rows of cells.

use jiff::Timestamp;
use std::borrow::Cow;

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text in UTF-8.
    Text,
    /// A number from 0, below 2³².
    Count,
    /// A number with a fraction.
    Number,
    /// Yes or no.
    Flag,
    /// A moment in Universal Time, to the millisecond.
    Moment,
    /// Names in order; none is an empty list.
    Names,
}

impl Kind {
    /// The name in the documentation.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Count => "count",
            Kind::Number => "number",
            Kind::Flag => "flag",
            Kind::Moment => "moment",
            Kind::Names => "names",
        }
    }
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// Whether cells may be empty.
    pub nullable: bool,
    /// What it tells, with its unit; a sentence without its full stop.
    pub about: &'static str,
}

impl Column {
    /// Whether a cell may stand in the column.
    pub(super) fn takes(&self, cell: &Cell<'_>) -> bool {
        match (self.kind, cell) {
            (_, Cell::Empty) => self.nullable,
            (Kind::Text, Cell::Text(_))
            | (Kind::Count, Cell::Count(_))
            | (Kind::Number, Cell::Number(_))
            | (Kind::Flag, Cell::Flag(_))
            | (Kind::Moment, Cell::Moment(_))
            | (Kind::Names, Cell::Names(_)) => true,
            _ => false,
        }
    }
}

/// A table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name, as on the command line.
    pub name: &'static str,
    /// What a row stands for.
    pub about: &'static str,
    /// Its columns, in order.
    pub columns: &'static [Column],
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing is known.
    Empty,
    /// Text.
    Text(Cow<'a, str>),
    /// A number from 0.
    Count(u32),
    /// A number with a fraction.
    Number(f32),
    /// Yes or no.
    Flag(bool),
    /// A moment.
    Moment(Timestamp),
    /// Names in order.
    Names(Vec<&'static str>),
}

/// The cells of a row, one for each column.
pub type Row<'a> = Vec<Cell<'a>>;

macro_rules! cells_from {
    ($($type:ty => $variant:ident),+ $(,)?) => {
        $(impl<'a> From<$type> for Cell<'a> {
            fn from(value: $type) -> Self {
                Cell::$variant(value.into())
            }
        })+
    };
}

cells_from! {
    &'a str => Text,
    &'a String => Text,
    String => Text,
    u32 => Count,
    f32 => Number,
    bool => Flag,
    Timestamp => Moment,
    Vec<&'static str> => Names,
}

impl From<usize> for Cell<'_> {
    fn from(number: usize) -> Self {
        Cell::Count(u32::try_from(number).unwrap_or(u32::MAX))
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Empty, Into::into)
    }
}

/// Defines the columns of a table and the function that makes a row, column by column:
/// `"name" Kind required|nullable "about" => cell`.
macro_rules! columns {
    (
        $(#[$doc:meta])* $columns:ident,
        fn $cells:ident($row:ident: $type:ty);
        $($name:literal $kind:ident $null:ident $about:literal => $cell:expr;)+
    ) => {
        $(#[$doc])*
        const $columns: &[$crate::report::export::Column] = &[$($crate::report::export::Column {
            name: $name,
            kind: $crate::report::export::Kind::$kind,
            nullable: columns!(@ $null),
            about: $about,
        }),+];

        fn $cells<'a>($row: $type) -> $crate::report::export::Row<'a> {
            vec![$($crate::report::export::Cell::from($cell)),+]
        }
    };
    (@ nullable) => { true };
    (@ required) => { false };
}

pub(super) use columns;
