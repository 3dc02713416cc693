//! Cells of a picture that stand out, in groups.

/// A cell's column and row.
pub type Cell = (usize, usize);

/// The marked cells, row by row in so many columns, in groups; a gap of one cell does not part a group.
pub fn groups(mut marked: Vec<bool>, columns: usize) -> Vec<Vec<Cell>> {
    let rows = marked.len().checked_div(columns).unwrap_or(0);
    let mut groups = Vec::new();
    for start in 0..marked.len() {
        if !std::mem::take(&mut marked[start]) {
            continue;
        }
        let mut group = Vec::new();
        let mut waiting = vec![start];
        while let Some(at) = waiting.pop() {
            let (column, row) = (at % columns, at / columns);
            group.push((column, row));
            for near_row in row.saturating_sub(2)..(row + 3).min(rows) {
                for near_column in column.saturating_sub(2)..(column + 3).min(columns) {
                    let near = near_row * columns + near_column;
                    if std::mem::take(&mut marked[near]) {
                        waiting.push(near);
                    }
                }
            }
        }
        groups.push(group);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_of_one_cell_does_not_part_a_group() {
        let marked = "#.#..#\
                      ......\
                      .#...#";
        let mut found = groups(marked.chars().map(|c| c == '#').collect(), 6);
        for group in &mut found {
            group.sort_unstable();
        }
        assert_eq!(found, [vec![(0, 0), (1, 2), (2, 0)], vec![(5, 0), (5, 2)]]);
        assert_eq!(groups(Vec::new(), 0), Vec::<Vec<Cell>>::new());
    }
}
