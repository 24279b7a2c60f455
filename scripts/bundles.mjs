// Which of the pieces that parts of the program share stand together in a file.
//
// All in one file would be one request, and most of what comes with it is for other parts; each in its own would
// be dozens of requests. So a file costs what everybody pays who fetches it: its bytes, and as many again as a
// request takes. Files are put together while that makes the whole cheaper, and where somebody would still make
// too many requests; then each piece goes where it costs least. Where that ends depends on how soon files are put
// together, so it is tried in several ways, and the cheapest is taken.

// What a request costs, in bytes, and what it costs while files are put together, in each of the ways.
const REQUEST = 8 * 1024;
const WAYS = [4, 8, 16].map((kilobytes) => kilobytes * 1024);

// A set of parts is a number with a bit for each.
const MOST_PARTS = 31;

const fileOf = (pieces, users, size) => ({ pieces, users, size });
const joined = (a, b) => fileOf([...a.pieces, ...b.pieces], a.users | b.users, a.size + b.size);
const without = (file, piece) => {
  const pieces = file.pieces.filter((other) => other !== piece);
  return fileOf(pieces, pieces.reduce((users, other) => users | other.users, 0), file.size - piece.size);
};
const swapped = (files, out, into) => [...files.filter((file) => !out.includes(file)), ...into.filter(({ pieces }) => pieces.length)];

/**
 * The pieces of each file, by their names. A piece has a `name`, a `size` in bytes and the set of parts, its `users`,
 * that need it. Each of `limits` is somebody who fetches: the `parts` that they open at once, the `most` files that
 * these may take, and a `weight`, as one who stands for many.
 */
export function bundles(pieces, limits) {
  const names = [...new Set(pieces.flatMap(({ users }) => [...users]))];
  if (names.length > MOST_PARTS) throw new Error(`${names.length} parts, and at most ${MOST_PARTS} are counted here`);
  const bits = (parts) => [...parts].reduce((all, part) => all | (1 << names.indexOf(part)), 0);
  const known = pieces.map(({ name, size, users }) => ({ name, size, users: bits(users) }));
  const fetchers = limits.map(({ parts, most, weight }) => ({ parts: bits(parts), most, weight }));
  const ways = WAYS.map((request) => arranged(known, fetchers, request));
  const best = ways.reduce((best, way) => (way.cost < best.cost ? way : best));
  return best.files.map((file) => file.pieces.map(({ name }) => name));
}

// The arrangement that comes of it when files are put together at this cost of a request.
function arranged(pieces, fetchers, request) {
  const counted = new Map();
  const fetches = (users) => {
    if (!counted.has(users)) counted.set(users, fetchers.reduce((all, { parts, weight }) => (parts & users ? all + weight : all), 0));
    return counted.get(users);
  };
  const costOf = ({ users, size }, each = REQUEST) => fetches(users) * (size + each);

  // Puts those two together that make the whole cheapest, if that costs less than `most`; where `parts` are told,
  // two of those that they fetch.
  const join = (files, each, most, parts = 0) => {
    let best = { cost: most };
    const costs = files.map((file) => costOf(file, each));
    files.forEach((a, at) => {
      for (let other = at + 1; other < files.length; other += 1) {
        const b = files[other];
        if (parts && !(a.users & parts && b.users & parts)) continue;
        const cost = fetches(a.users | b.users) * (a.size + b.size + each) - costs[at] - costs[other];
        if (cost < best.cost) best = { cost, a, b };
      }
    });
    return best.a && swapped(files, [best.a, best.b], [joined(best.a, best.b)]);
  };
  // Who fetches too many, if anybody does.
  const over = (files) => fetchers.find(({ parts, most }) => files.filter(({ users }) => users & parts).length > most);
  // Moves a piece to another file where that makes the whole cheaper.
  const move = (files) => {
    for (const from of files) {
      for (const piece of from.pieces) {
        const rest = without(from, piece);
        for (const to of files) {
          if (to === from) continue;
          const more = joined(to, fileOf([piece], piece.users, piece.size));
          const left = rest.pieces.length ? costOf(rest) : 0;
          if (costOf(more) + left >= costOf(from) + costOf(to)) continue;
          const moved = swapped(files, [from, to], [more, rest]);
          if (!over(moved)) return moved;
        }
      }
    }
    return undefined;
  };

  let files = pieces.map((piece) => fileOf([piece], piece.users, piece.size));
  for (let next; (next = join(files, request, 0)); ) files = next;
  for (let who; (who = over(files)); ) files = join(files, REQUEST, Infinity, who.parts);
  for (let next; (next = move(files)); ) files = next;
  return { files, cost: files.reduce((sum, file) => sum + costOf(file), 0) };
}
