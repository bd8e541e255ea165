// Bytes and the texts that stand for them. Strict: one text for one value, so that nothing can be told twice.
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const ENCODER = new TextEncoder();

// What is wrong, as a code; the page has a sentence for each.
export class Fault extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

export const bytesOf = (text) => ENCODER.encode(text);

export function textOf(bytes, code) {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new Fault(code);
  }
}

export function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

export const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export function fromHex(text, length, code) {
  if (typeof text !== "string" || text.length !== 2 * length || !/^[0-9a-f]*$/.test(text)) throw new Fault(code);
  return Uint8Array.from({ length }, (_, at) => parseInt(text.slice(2 * at, 2 * at + 2), 16));
}

export const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

export function fromBase64(text, code) {
  let bytes;
  try {
    bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  } catch {
    throw new Fault(code);
  }
  if (toBase64(bytes) !== text) throw new Fault(code);
  return bytes;
}

export function fromDecimal(text, code) {
  const number = /^(0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(number)) throw new Fault(code);
  return number;
}

export async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
}

// What DecompressionStream makes of the bytes; format is "deflate" or "deflate-raw".
export async function inflated(bytes, format, code, most = 1 << 26) {
  if (!("DecompressionStream" in globalThis)) throw new Fault("old_browser");
  const parts = [];
  let size = 0;
  try {
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format)).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      size += part.value.length;
      if (size > most) throw new Fault(code);
    }
  } catch {
    throw new Fault(code);
  }
  return joined(...parts);
}
