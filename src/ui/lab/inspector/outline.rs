//! Which rows of a field tree are visible.

use super::shown::Section;
use crate::wire::Node;

/// How many rows a tree may have when it opens.
const ROWS: usize = 24;

/// A node's place in the tree: indices from the roots of all sections down.
pub type Path = Vec<usize>;

/// Whether the branch at this place is among the open ones.
pub fn is_open(open: &[Path], path: &[usize]) -> bool {
    open.iter().any(|one| one == path)
}

/// One visible row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its node.
    pub path: Path,
    /// The field's name.
    pub name: &'static str,
    /// The value for people.
    pub display: String,
    /// Whether rows lie below it.
    pub is_branch: bool,
    /// Its place among its siblings, from 1.
    pub place: usize,
    /// How many siblings there are, itself included.
    pub siblings: usize,
}

/// The branches that are open at first: whole levels, from the top, as long as the rows stay few. In
/// each level those with a structure of their own come before plain lists, so that a hello shows its
/// extensions before it shows all its suites.
pub fn first_open(section: &Section) -> Vec<Path> {
    let mut open = Vec::new();
    let mut rows = section.nodes().len();
    let mut level: Vec<(Path, &Node)> = roots(section).collect();
    loop {
        let branches = level.into_iter().filter(|(_, node)| !node.is_leaf());
        let (deep, flat): (Vec<_>, Vec<_>) =
            branches.partition(|(_, node)| node.children.iter().any(|child| !child.is_leaf()));
        let size = |nodes: &[(Path, &Node)]| -> usize {
            nodes.iter().map(|(_, node)| node.children.len()).sum()
        };
        let mut next = Vec::new();
        for group in [deep, flat] {
            if rows + size(&group) > ROWS && !open.is_empty() {
                continue;
            }
            rows += size(&group);
            for (path, node) in group {
                next.extend(children(&path, node));
                open.push(path);
            }
        }
        if next.is_empty() {
            return open;
        }
        level = next;
    }
}

/// The rows to show while these branches are open.
pub fn rows(section: &Section, open: &[Path]) -> Vec<Row> {
    fn add(rows: &mut Vec<Row>, siblings: Vec<(Path, &Node)>, open: &[Path]) {
        let count = siblings.len();
        for (index, (path, node)) in siblings.into_iter().enumerate() {
            let below = if is_open(open, &path) { children(&path, node).collect() } else { vec![] };
            rows.push(Row {
                path,
                name: node.field.name,
                display: node.display.clone(),
                is_branch: !node.is_leaf(),
                place: index + 1,
                siblings: count,
            });
            add(rows, below, open);
        }
    }
    let mut list = Vec::new();
    add(&mut list, roots(section).collect(), open);
    list
}

fn roots(section: &Section) -> impl Iterator<Item = (Path, &Node)> {
    let first = section.first_root;
    section.nodes().iter().enumerate().map(move |(index, node)| (vec![first + index], node))
}

fn children<'a>(path: &Path, node: &'a Node) -> impl Iterator<Item = (Path, &'a Node)> + use<'a> {
    let path = path.clone();
    node.children.iter().enumerate().map(move |(index, child)| {
        let mut below = path.clone();
        below.push(index);
        (below, child)
    })
}
