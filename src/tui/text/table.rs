//! Tables: how wide their columns are, and how the cells of a row stand beside each other.

use super::layout::Segment;
use super::unit::width;
use super::wrap::wrap;
use crate::model::TextRange;

/// Columns between the cells of a row.
const GAP: usize = 2;
/// The least width to which a column is narrowed.
const LEAST: usize = 8;

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

/// The widths of the columns that let all rows fit into `available`; none when they cannot stand
/// beside each other.
pub(super) fn columns(text: &str, rows: &[TextRange], available: usize) -> Option<Vec<usize>> {
    let mut natural: Vec<usize> = Vec::new();
    for &row in rows {
        for (column, cell) in cells(text, row).into_iter().enumerate() {
            let widest = cell
                .of(text)
                .split('\n')
                .map(|line| width(line.trim()))
                .max();
            let widest = widest.unwrap_or(0).max(1);
            match natural.get_mut(column) {
                Some(known) => *known = widest.max(*known),
                None => natural.push(widest),
            }
        }
    }
    let room = available.checked_sub(GAP * natural.len().saturating_sub(1))?;
    if natural.iter().sum::<usize>() <= room {
        return Some(natural);
    }
    if natural.iter().map(|&n| n.min(LEAST)).sum::<usize>() > room {
        return None;
    }
    Some(narrowed(&natural, room))
}

/// Gives every column what it wants where that is less than an even share, and shares the rest.
fn narrowed(natural: &[usize], room: usize) -> Vec<usize> {
    let mut by_width: Vec<usize> = (0..natural.len()).collect();
    by_width.sort_by_key(|&column| natural[column]);
    let mut widths = vec![0; natural.len()];
    let mut left = room;
    for (done, &column) in by_width.iter().enumerate() {
        let share = left / (natural.len() - done);
        widths[column] = natural[column].min(share).max(1);
        left -= widths[column].min(left);
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
