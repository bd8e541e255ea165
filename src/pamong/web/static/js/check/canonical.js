// Canonical JSON: keys by code point, no spaces, no fractions. What is not canonical is not read at all.
import { Fault } from "./bytes.js";

function byCodePoint(one, other) {
  const [left, right] = [[...one], [...other]];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const difference = left[at].codePointAt(0) - right[at].codePointAt(0);
    if (difference) return difference;
  }
  return left.length - right.length;
}

export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const keys = Object.keys(value).sort(byCodePoint);
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new Fault("unreadable");
  return JSON.stringify(value);
}

// The value of a canonical text. Keys that come twice, and numbers that are cut, come out as another text.
export function parsed(text, code) {
  let value;
  try {
    value = JSON.parse(text);
    if (canonical(value) !== text) throw new Fault(code);
  } catch {
    throw new Fault(code);
  }
  return value;
}

export function recordOf(text, code) {
  const value = parsed(text, code);
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Fault(code);
  return value;
}
