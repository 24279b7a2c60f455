// Which of the pieces that parts of the program share stand together in a file.
//
// All in one file would be one request, and most of what comes with it is for other parts; each in its own would
// be dozens of requests. So a file costs what each part that fetches it pays: its bytes, and as much again as a
// request takes. Files are put together while that makes the whole cheaper, and where a part would still make
// too many requests; then each piece goes where it costs least.

// What a request costs, in bytes.
const REQUEST = 8 * 1024;

const union = (a, b) => new Set([...a, ...b]);
const sizeOf = (pieces) => pieces.reduce((sum, piece) => sum + piece.size, 0);
const costOf = ({ users, size }) => users.size * (size + REQUEST);
const joined = (a, b) => ({ pieces: [...a.pieces, ...b.pieces], users: union(a.users, b.users), size: a.size + b.size });
const fileOf = (pieces) => ({ pieces, users: pieces.reduce((all, { users }) => union(all, users), new Set()), size: sizeOf(pieces) });

// Puts those two together that make the whole cheapest, if that costs less than `most`.
function join(files, isWanted, most) {
  let best = { cost: most };
  files.forEach((a, at) => {
    for (const b of files.slice(at + 1)) {
      if (!isWanted(a, b)) continue;
      const cost = costOf(joined(a, b)) - costOf(a) - costOf(b);
      if (cost < best.cost) best = { cost, a, b };
    }
  });
  return best.a && [...files.filter((file) => file !== best.a && file !== best.b), joined(best.a, best.b)];
}

const over = (files, most) => {
  const parts = new Set(files.flatMap(({ users }) => [...users]));
  return [...parts].find((part) => files.filter(({ users }) => users.has(part)).length > most);
};

// Moves a piece to another file where that makes the whole cheaper.
function move(files, most) {
  for (const from of files) {
    for (const piece of from.pieces) {
      const rest = fileOf(from.pieces.filter((other) => other !== piece));
      for (const to of files) {
        if (to === from) continue;
        const more = joined(to, fileOf([piece]));
        const others = files.filter((file) => file !== from && file !== to);
        const moved = [...others, more, ...(rest.pieces.length ? [rest] : [])];
        const gain = costOf(from) + costOf(to) - costOf(more) - (rest.pieces.length ? costOf(rest) : 0);
        if (gain > 0 && over(moved, most) === undefined) return moved;
      }
    }
  }
  return undefined;
}

/**
 * The pieces of each file. A piece has a `size` in bytes and the set of parts, its `users`, that need it; no part
 * then fetches more than `most` files.
 */
export function bundles(pieces, most) {
  let files = pieces.map((piece) => fileOf([piece]));
  for (let next; (next = join(files, () => true, 0)); ) files = next;
  for (let part; (part = over(files, most)) !== undefined; ) {
    files = join(files, (a, b) => a.users.has(part) && b.users.has(part), Infinity);
  }
  for (let next; (next = move(files, most)); ) files = next;
  return files.map((file) => file.pieces);
}
