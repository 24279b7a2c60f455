// Which of the pieces that parts of the program share stand together in a file.
//
// All in one file would be one request, and most of what comes with it is for other parts; each in its own would
// be dozens of requests. So a file costs what each part that fetches it pays: its bytes, and as many again as a
// request takes. Files are put together while that makes the whole cheaper, and where a part would still make
// too many requests; then each piece goes where it costs least. Where that ends depends on how soon files are put
// together, so it is tried in two ways, and the cheaper is taken.

// What a request costs, in bytes, and what it costs while files are put together, in each of the ways.
const REQUEST = 8 * 1024;
const WAYS = [4, 16].map((kilobytes) => kilobytes * 1024);

// A set of parts is a number with a bit for each.
const MOST_PARTS = 31;
function count(parts) {
  let bits = 0;
  for (let left = parts; left; left &= left - 1) bits += 1;
  return bits;
}

const fileOf = (pieces, users, size) => ({ pieces, users, size, fetches: count(users) });
const costOf = ({ fetches, size }, request = REQUEST) => fetches * (size + request);
const joined = (a, b) => fileOf([...a.pieces, ...b.pieces], a.users | b.users, a.size + b.size);
const without = (file, piece) => {
  const pieces = file.pieces.filter((other) => other !== piece);
  return fileOf(pieces, pieces.reduce((users, other) => users | other.users, 0), file.size - piece.size);
};
const swapped = (files, out, into) => [...files.filter((file) => !out.includes(file)), ...into.filter(({ pieces }) => pieces.length)];

// Puts those two together that make the whole cheapest, if that costs less than `most`; where `parts` are told, two
// of those that they fetch.
function join(files, request, most, parts = 0) {
  let best = { cost: most };
  files.forEach((a, at) => {
    for (const b of files.slice(at + 1)) {
      if (parts && !(a.users & parts && b.users & parts)) continue;
      const cost = count(a.users | b.users) * (a.size + b.size + request) - costOf(a, request) - costOf(b, request);
      if (cost < best.cost) best = { cost, a, b };
    }
  });
  return best.a && swapped(files, [best.a, best.b], [joined(best.a, best.b)]);
}

// The limit that the files are over, if there is one.
const over = (files, limits) => limits.find(({ parts, most }) => files.filter(({ users }) => users & parts).length > most);

// Moves a piece to another file where that makes the whole cheaper.
function move(files, limits) {
  for (const from of files) {
    for (const piece of from.pieces) {
      const rest = without(from, piece);
      for (const to of files) {
        if (to === from) continue;
        const more = joined(to, fileOf([piece], piece.users, piece.size));
        const left = rest.pieces.length ? costOf(rest) : 0;
        if (costOf(more) + left >= costOf(from) + costOf(to)) continue;
        const moved = swapped(files, [from, to], [more, rest]);
        if (!over(moved, limits)) return moved;
      }
    }
  }
  return undefined;
}

function arranged(pieces, limits, request) {
  let files = pieces.map((piece) => fileOf([piece], piece.users, piece.size));
  for (let next; (next = join(files, request, 0)); ) files = next;
  for (let limit; (limit = over(files, limits)); ) files = join(files, REQUEST, Infinity, limit.parts);
  for (let next; (next = move(files, limits)); ) files = next;
  return { files, cost: files.reduce((sum, file) => sum + costOf(file), 0) };
}

/**
 * The pieces of each file, by their names. A piece has a `name`, a `size` in bytes and the set of parts, its `users`,
 * that need it. No part then fetches more than `most` files, its own among them, nor do those together that a screen
 * opens at once.
 */
export function bundles(pieces, most, screens) {
  const parts = [...new Set(pieces.flatMap(({ users }) => [...users]))];
  if (parts.length > MOST_PARTS) throw new Error(`${parts.length} parts, and at most ${MOST_PARTS} are counted here`);
  const bits = (users) => [...users].reduce((all, part) => all | (1 << parts.indexOf(part)), 0);
  const known = pieces.map(({ name, size, users }) => ({ name, size, users: bits(users) }));
  const missing = screens.flat().find((part) => !parts.includes(part));
  if (missing) throw new Error(`no part is called ${missing}`);
  const limits = [...parts.map((part) => [part]), ...screens].map((own) => ({ parts: bits(own), most: most - own.length }));
  const ways = WAYS.map((request) => arranged(known, limits, request));
  const best = ways.reduce((best, way) => (way.cost < best.cost ? way : best));
  return best.files.map((file) => file.pieces.map(({ name }) => name));
}
