//! Sentences split in two or run together, and lists that became a sentence or came of one.

use super::align::Gap;
use super::likeness::Likeness;
use super::matching::{Group, Matching, gap_pairs};
use crate::compare::keys::as_u32;
use crate::model::{Pair, Side};

/// Share of a clause that must fill what its neighbour's partner has beyond the neighbour, for
/// the two to be a sentence split in two.
const FILLS: f32 = 0.7;
/// Share of a sentence that the items of a list must make up, to be that sentence.
const COVERS: f32 = 0.6;
/// How many clauses one may be split into.
const PARTS: usize = 32;

/// Adds clauses of `side` that stand next to a group's clause and fill what its partner has more.
pub(super) fn grow(side: Side, moved: bool, likeness: &Likeness, found: &mut Matching) {
    for number in 0..found.groups.len() {
        let group = &found.groups[number];
        if group.moved != moved
            || group.clauses[side.other()].len() != 1
            || group.clauses[side].len() != 1
        {
            continue;
        }
        let whole = group.clauses[side.other()][0];
        let mut parts = group.clauses[side].clone();
        while parts.len() < PARTS {
            let (first, last) = (parts[0], parts[parts.len() - 1]);
            let beside = [last.checked_add(1), first.checked_sub(1)];
            let next = beside.into_iter().flatten().find(|&clause| {
                found.is_alone(side, clause) && likeness.fills(side, clause, &parts, whole) >= FILLS
            });
            let Some(next) = next else { break };
            found.of[side][next as usize] = as_u32(number);
            if next > last {
                parts.push(next);
            } else {
                parts.insert(0, next);
            }
        }
        found.groups[number].clauses[side] = parts;
    }
}

/// Joins neighbours of `side` that have no partner to the clause at the same place that they make
/// up together, though none of them alone is like it.
pub(super) fn gather(side: Side, likeness: &Likeness, found: &mut Matching) {
    for gap in gaps_in_place(found) {
        let Some(alone) = gap_pairs(&gap, found) else {
            continue;
        };
        // One for each gap: a second could cross the first.
        let whole = alone[side.other()].iter().find_map(|&whole| {
            let parts = parts(side, &alone[side], whole, likeness);
            let enough = parts.len() > 1 && likeness.covers(side, &parts, whole) >= COVERS;
            enough.then_some((parts, whole))
        });
        if let Some((parts, whole)) = whole {
            join(side, parts, whole, found);
        }
    }
}

/// The stretches between clauses that have a partner in place.
fn gaps_in_place(found: &Matching) -> Vec<Gap> {
    let ends = |clauses: &[u32]| Some((*clauses.first()?, clauses.last()? + 1));
    let mut fixed: Vec<Pair<(u32, u32)>> = found
        .groups
        .iter()
        .filter(|group| !group.moved)
        .filter_map(|group| {
            Some(Pair::new(
                ends(&group.clauses.left)?,
                ends(&group.clauses.right)?,
            ))
        })
        .collect();
    // Long runs rise already, which a stable sort merges.
    fixed.sort_by_key(|ends| ends.left);
    let all = found.of.as_ref().map(|side| as_u32(side.len()));
    fixed.push(all.map(|end| (end, end)));
    let mut from = Pair::new(0, 0);
    let mut gaps = Vec::new();
    for ends in fixed {
        let gap = Pair::new(from.left..ends.left.0, from.right..ends.right.0);
        if !gap.left.is_empty() && !gap.right.is_empty() {
            gaps.push(gap);
        }
        from = ends.map(|(_, end)| end);
    }
    gaps
}

/// The longest run of neighbours that stand in the whole.
fn parts(side: Side, alone: &[u32], whole: u32, likeness: &Likeness) -> Vec<u32> {
    let mut best = Vec::new();
    let mut run: Vec<u32> = Vec::new();
    for &clause in alone {
        if run.last().is_some_and(|last| last + 1 != clause) {
            run.clear();
        }
        let fits = run.len() < PARTS && likeness.fills(side, clause, &run, whole) >= FILLS;
        if !fits {
            run.clear();
            continue;
        }
        run.push(clause);
        if run.len() > best.len() {
            best.clone_from(&run);
        }
    }
    best
}

fn join(side: Side, parts: Vec<u32>, whole: u32, found: &mut Matching) {
    let number = as_u32(found.groups.len());
    for &part in &parts {
        found.of[side][part as usize] = number;
    }
    found.of[side.other()][whole as usize] = number;
    let mut group = Group {
        clauses: Pair::default(),
        moved: false,
    };
    group.clauses[side] = parts;
    group.clauses[side.other()] = vec![whole];
    found.groups.push(group);
}
