// The script that loads the program's later parts, and the files that they come in.
//
// wasm-split cuts the program into each part's own piece and into those that several parts share: some hundreds,
// most of a few hundred bytes, each with a fetch of its own. Here they stand in files: what many parts share in
// one, and for each part one with its own piece and all else that it needs. So a part takes two requests and no
// byte too many when it is the first that is opened. What a later one finds loaded it does not fetch again, unless
// it stands in the same file as something that is not.
//
// A file is a module of WebAssembly that holds nothing but pieces, each as a custom section of its name, and one that
// says which its parts need: hosts know the type, compress it, and browsers can take it apart. So the loader itself,
// which is fetched with the page, knows of each part only its name.

// Pieces that so many parts need are in the file of all.
const MANY = 13;
const CORE = "core";
const NEEDS = "needs";
// What a screen opens together with a part, and so stands in that part's file as well: a fault shows panels and a
// step, stolen keys may need all that can be run, and what certificates make can be run: the most of it is there.
const BESIDE = { breakit: ["panels", "step"], stolen: ["capabilities"], certificates: ["recipes"] };

/** A module that holds these pieces, by their names. */
function file(pieces) {
  const leb = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...leb(n >>> 7)]);
  const section = ([name, bytes]) => {
    const head = Buffer.from([...leb(name.length), ...Buffer.from(name)]);
    return Buffer.concat([Buffer.from([0, ...leb(head.length + bytes.length)]), head, bytes]);
  };
  return Buffer.concat([Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]), ...[...pieces].map(section)]);
}

// What wasm-split writes for each piece, and for each part with the shared pieces that it needs.
const LOADS = (name) => String.raw`makeLoad\(\(\) => \{\s*const src = fetch\(new URL\("\./${name}\.wasm", import\.meta\.url\)\);\s*src\.catch\(\(\) => \{\}\);\s*return async \(imports\) => \(WebAssembly\.instantiateStreaming\(src, imports\)\);\s*\}\s*, \[([^\]]*)\]\)`;
const PIECE = new RegExp(String.raw`/\* [\w, ]+ \*/\s*const __chunk_(\d+) = ${LOADS(String.raw`chunk_\1`)};`, "g");
const PART = new RegExp(String.raw`export const __wasm_split_load_(\w+) = wrapAsyncCb\(${LOADS(String.raw`split_\1`)}\);`, "g");

/**
 * The loader, and the files that it loads, by what they are called.
 *
 * @param generated what wasm-split wrote
 * @param piece the bytes of a piece, by the name of its file
 * @param address the address of a file and its integrity, for what it is called and its bytes
 */
export function loaderOf(generated, piece, address) {
  const named = (text) => [...text.matchAll(/__chunk_(\d+)/g)].map(([, number]) => Number(number));
  const shared = [...generated.matchAll(PIECE)].map(([, number, needed]) => {
    if (needed.trim()) throw new Error(`the shared piece ${number} needs others`);
    return Number(number);
  });
  const needs = new Map([...generated.matchAll(PART)].map(([, part, needed]) => [part, named(needed)]));
  const head = generated.slice(0, generated.search(PIECE)).trimEnd();
  const rest = generated.slice(head.length).replace(PIECE, "").replace(PART, "");
  if (rest.trim() || needs.size === 0) throw new Error(`the loader holds what is not known here: ${rest.trim().slice(0, 200)}`);
  const missing = Object.entries(BESIDE).flat(2).find((part) => !needs.has(part));
  if (missing) throw new Error(`no part is called ${missing}`);

  const usersOf = (number) => [...needs.values()].filter((needed) => needed.includes(number)).length;
  const core = shared.filter((number) => usersOf(number) >= MANY);
  const bytesOf = (number) => [`${number}`, piece(`chunk_${number}.wasm`)];
  const holdings = [[CORE, core.map(bytesOf)]];
  for (const part of needs.keys()) {
    const together = [part, ...(BESIDE[part] ?? [])];
    const own = new Set(together.flatMap((one) => needs.get(one)).filter((number) => !core.includes(number)));
    const needed = Buffer.from(JSON.stringify(Object.fromEntries(together.map((one) => [one, needs.get(one)]))));
    holdings.push([part, [[NEEDS, needed], ...together.map((one) => [one, piece(`split_${one}.wasm`)]), ...[...own].map(bytesOf)]]);
  }
  const files = holdings.map(([name, held]) => `${name}: ${JSON.stringify(address(name, file(held)))}`);
  const exported = [...needs.keys()].map((part) => `export const __wasm_split_load_${part} = part("${part}");`);
  return `${head}
const files = { ${files.join(", ")} };
const beside = ${JSON.stringify(BESIDE)};
// The files that were asked for; one that could not be had is fetched anew when it is next asked for.
const opened = {};
function open(name) {
    const [address, integrity] = files[name];
    const module = (opened[name] ??= WebAssembly.compileStreaming(fetch(new URL(address, import.meta.url), { integrity })));
    module.catch(() => {
        if (opened[name] === module) delete opened[name];
    });
    return module;
}
// The file of a part: its own, or one that was asked for and holds it as well.
const fileOf = (part) => Object.keys(opened).find((one) => beside[one]?.includes(part)) ?? part;
async function section(file, name) {
    return WebAssembly.Module.customSections(await open(file), \`\${name}\`)[0];
}
async function taken(name, part) {
    const bytes = (await section(fileOf(part), name)) ?? (await section("${CORE}", name));
    return new Response(bytes, { headers: { "content-type": "application/wasm" } });
}
// What makeLoad takes: fetches a piece for the part that asks by then.
const fetches = (name, asks) => () => {
    const source = taken(name, asks());
    source.catch(() => {});
    return async (imports) => WebAssembly.instantiateStreaming(source, imports);
};
// Loads a piece once, for the part that asks first.
function piece(name) {
    let asking;
    const load = makeLoad(fetches(name, () => asking), []);
    return (part) => {
        asking = part;
        return load();
    };
}
const pieces = {};
const parts = {};
const part = (name) => wrapAsyncCb(async () => {
    // Both files on their way at once: what the own one does not hold is in that of all.
    open("${CORE}");
    const needs = JSON.parse(new TextDecoder().decode(await section(fileOf(name), "${NEEDS}")))[name];
    const loaded = needs.map((number) => () => (pieces[number] ??= piece(number))(name));
    await (parts[name] ??= makeLoad(fetches(name, () => name), loaded))();
});
${exported.join("\n")}
`;
}
