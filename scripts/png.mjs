// PNG files made small: with a palette of 256 colours, which is what a picture of a page needs.

import { deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** How many colours a palette has. */
const COLOURS = 256;

/** The picture of a PNG with 8 bits a channel, without transparency, not interlaced: a number 0xRRGGBB for each pixel. */
function read(png) {
  const chunks = new Map();
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const name = png.toString("latin1", at + 4, at + 8);
    chunks.set(name, [...(chunks.get(name) ?? []), png.subarray(at + 8, at + 8 + length)]);
    at += length + 12;
  }
  const [head] = chunks.get("IHDR");
  const [width, height, depth, kind, , , interlaced] = [head.readUInt32BE(0), head.readUInt32BE(4), ...head.subarray(8)];
  const channels = { 2: 3, 6: 4 }[kind];
  if (depth !== 8 || !channels || interlaced) throw new Error(`a PNG of kind ${kind} with ${depth} bits is not read here`);
  const lines = inflateSync(Buffer.concat(chunks.get("IDAT")));
  const stride = width * channels;
  const pixels = new Uint32Array(width * height);
  let above = new Uint8Array(stride);
  for (let y = 0; y < height; y += 1) {
    const filter = lines[y * (stride + 1)];
    const line = new Uint8Array(lines.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)));
    for (let x = 0; x < stride; x += 1) {
      const [left, up, corner] = [x < channels ? 0 : line[x - channels], above[x], x < channels ? 0 : above[x - channels]];
      line[x] += [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
    }
    for (let x = 0; x < width; x += 1) {
      const at = x * channels;
      pixels[y * width + x] = (line[at] << 16) | (line[at + 1] << 8) | line[at + 2];
    }
    above = line;
  }
  return { width, height, pixels };
}

/** The prediction of the PNG filter of this name. */
function paeth(left, up, corner) {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

const channel = (colour, at) => (colour >> (16 - 8 * at)) & 0xff;

/** For each channel how far the colours of a box are apart in it. */
const spans = (box) => [0, 1, 2].map((at) => {
  const values = box.map(([colour]) => channel(colour, at));
  return values.reduce((one, other) => Math.max(one, other)) - values.reduce((one, other) => Math.min(one, other));
});

/** Of how much error a box stands: its widest channel, for as many pixels as it has. */
function weigh(box) {
  const wide = spans(box);
  const widest = wide.indexOf(Math.max(...wide));
  const pixels = box.reduce((sum, [, count]) => sum + count, 0);
  return { box, widest, weight: wide[widest] ** 2 * pixels };
}

/**
 * Median cut: colours that are near each other share an entry of the palette, which is the most frequent of them. So what
 * is of one colour stays exactly that.
 */
function palette(pixels) {
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const boxes = [weigh([...counts])];
  while (boxes.length < COLOURS) {
    const heaviest = boxes.reduce((one, other) => (other.weight > one.weight ? other : one));
    if (heaviest.weight === 0) break;
    const { box, widest } = heaviest;
    box.sort(([one], [other]) => channel(one, widest) - channel(other, widest));
    const middle = (channel(box[0][0], widest) + channel(box.at(-1)[0], widest)) / 2;
    const at = box.findIndex(([colour]) => channel(colour, widest) > middle);
    boxes.splice(boxes.indexOf(heaviest), 1, weigh(box.slice(0, at)), weigh(box.slice(at)));
  }
  const entries = boxes.map(({ box }) => box.reduce((one, other) => (other[1] > one[1] ? other : one))[0]);
  const places = new Map(boxes.flatMap(({ box }, place) => box.map(([colour]) => [colour, place])));
  return { entries, places };
}

/** The check of a chunk: CRC-32, which zlib of Node.js 18 does not hand out. */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** The same picture with a palette. */
export function small(png) {
  const { width, height, pixels } = read(png);
  const { entries, places } = palette(pixels);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // 8 bits for each pixel, which are places in the palette.
  head.set([8, 3, 0, 0, 0], 8);
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) lines[y * (width + 1) + 1 + x] = places.get(pixels[y * width + x]);
  }
  const colours = Buffer.from(entries.flatMap((colour) => [0, 1, 2].map((at) => channel(colour, at))));
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", head),
    chunk("PLTE", colours),
    chunk("IDAT", deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
