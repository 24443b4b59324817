//! Tables: how wide their columns are, and how the cells of a row stand beside each other.

use super::layout::Segment;
use super::unit::width;
use super::wrap::wrap;
use crate::model::TextRange;

/// Columns between the cells of a row.
const GAP: usize = 2;
/// A column is narrowed to its longest word, but to no more than this where words are longer.
const LEAST: usize = 16;

/// The cells of a row: what stands between its tabs.
pub(super) fn cells(text: &str, row: TextRange) -> Vec<TextRange> {
    let mut start = row.start as usize;
    row.of(text)
        .split('\t')
        .map(|cell| {
            let range = TextRange::new(start, start + cell.len());
            start += cell.len() + 1;
            range
        })
        .collect()
}

/// What a column wants, and what it needs.
#[derive(Clone, Copy, Debug, Default)]
struct Column {
    natural: usize,
    least: usize,
}

/// The widths of the columns that let all rows fit into `available`; none when they cannot stand
/// beside each other.
pub(super) fn columns(text: &str, rows: &[TextRange], available: usize) -> Option<Vec<usize>> {
    let mut columns: Vec<Column> = Vec::new();
    for &row in rows {
        for (at, cell) in cells(text, row).into_iter().enumerate() {
            if columns.len() <= at {
                columns.push(Column {
                    natural: 1,
                    least: 1,
                });
            }
            let column = &mut columns[at];
            for line in cell.of(text).split('\n') {
                column.natural = column.natural.max(width(line.trim()));
                let longest = line.split_whitespace().map(width).max().unwrap_or(0);
                column.least = column.least.max(longest.min(LEAST));
            }
        }
    }
    let room = available.checked_sub(GAP * columns.len().saturating_sub(1))?;
    if columns.iter().map(|column| column.natural).sum::<usize>() <= room {
        return Some(columns.iter().map(|column| column.natural).collect());
    }
    let spare = room.checked_sub(columns.iter().map(|column| column.least).sum())?;
    Some(narrowed(&columns, spare))
}

/// Gives every column what it needs, and shares out what is to spare: those that want little more
/// get it, the others even shares.
fn narrowed(columns: &[Column], mut spare: usize) -> Vec<usize> {
    let wants = |at: &usize| columns[*at].natural.saturating_sub(columns[*at].least);
    let mut order: Vec<usize> = (0..columns.len()).collect();
    order.sort_by_key(wants);
    let mut widths: Vec<usize> = columns.iter().map(|column| column.least).collect();
    for (done, at) in order.iter().enumerate() {
        let share = wants(at).min(spare / (columns.len() - done));
        widths[*at] += share;
        spare -= share;
    }
    widths
}

/// The columns of screen that a table takes.
pub(super) fn total(columns: &[usize]) -> usize {
    columns.iter().sum::<usize>() + GAP * columns.len().saturating_sub(1)
}

/// The lines of a row, each with the stretches of the cells that stand on it.
pub(super) fn level(
    text: &str,
    row: TextRange,
    columns: &[usize],
) -> impl Iterator<Item = Vec<Segment>> {
    let mut x = 0;
    let mut placed: Vec<(u16, Vec<TextRange>)> = Vec::new();
    for (cell, &columns) in cells(text, row).into_iter().zip(columns) {
        placed.push((
            u16::try_from(x).unwrap_or(u16::MAX),
            wrap(text, cell, columns),
        ));
        x += columns + GAP;
    }
    let height = placed.iter().map(|(_, lines)| lines.len()).max();
    (0..height.unwrap_or(0)).map(move |line| {
        placed
            .iter()
            .filter_map(|(x, lines)| {
                let text = *lines.get(line)?;
                (!text.is_empty()).then_some(Segment { x: *x, text })
            })
            .collect()
    })
}
