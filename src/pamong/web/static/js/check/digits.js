// The digits of a QR code: the proof in as few bytes as it takes.
import { Fault, inflated, textOf } from "./bytes.js";
import { recordOf } from "./canonical.js";
import { COSIGNATURE, NOTE } from "./policy.js";

const VERSION = 1;
const GROUP = { bytes: 7, digits: 17 };
const LAST = new Map([[3, 1], [5, 2], [8, 3], [10, 4], [13, 5], [15, 6]]);
const SIGNATURES = new Map([[NOTE, 64], [COSIGNATURE, 72]]);

// The digits of what was scanned or typed: an address with digits behind #, or the digits alone.
export function digitsOf(text) {
  const plain = text.replace(/\s+/g, "");
  const digits = plain.slice(plain.lastIndexOf("#") + 1);
  return /^[0-9]{17,}$/.test(digits) ? digits : null;
}

function bytesOfDigits(digits) {
  const whole = Math.floor(digits.length / GROUP.digits);
  const rest = digits.length % GROUP.digits;
  if (rest && !LAST.has(rest)) throw new Fault("half");
  const bytes = [];
  for (let at = 0; at < whole; at += 1) group(digits.slice(at * GROUP.digits, (at + 1) * GROUP.digits), GROUP.bytes, bytes);
  if (rest) group(digits.slice(whole * GROUP.digits), LAST.get(rest), bytes);
  return Uint8Array.from(bytes);
}

function group(digits, count, bytes) {
  const number = BigInt(digits);
  if (number >> BigInt(8 * count)) throw new Fault("damaged");
  for (let at = count - 1; at >= 0; at -= 1) bytes.push(Number((number >> BigInt(8 * at)) & 255n));
}

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  take(count) {
    if (this.at + count > this.bytes.length) throw new Fault("half");
    this.at += count;
    return this.bytes.slice(this.at - count, this.at);
  }

  number(count) {
    return this.take(count).reduce((sum, byte) => sum * 256 + byte, 0);
  }

  path() {
    return Array.from({ length: this.number(1) }, () => this.take(32));
  }
}

export async function compactOf(digits) {
  const reader = new Reader(bytesOfDigits(digits));
  if (reader.number(1) !== VERSION) throw new Fault("version");
  const told = await inflated(reader.take(reader.number(2)), "deflate-raw", "damaged", 1 << 18);
  const { origin, entry, item, root, openings } = recordOf(textOf(told, "damaged"), "damaged");
  if (typeof origin !== "string" || typeof entry !== "string" || !Array.isArray(openings)) throw new Fault("damaged");
  const content = { entry, item: null, openings: openings.map(([field, salt, value]) => ({ field, salt, value })) };
  if (item !== null) content.item = { body: item, root, index: reader.number(4), size: reader.number(4), path: reader.path() };
  const proof = { origin, content, index: reader.number(5), size: reader.number(5), path: reader.path() };
  proof.signatures = Array.from({ length: reader.number(1) }, () => signature(reader));
  if (reader.at !== reader.bytes.length) throw new Fault("damaged");
  return proof;
}

function signature(reader) {
  const length = SIGNATURES.get(reader.number(1));
  if (!length) throw new Fault("version");
  return { id: reader.take(4), data: reader.take(length) };
}
