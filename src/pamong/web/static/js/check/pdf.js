// Finds what is attached to a PDF as Pamong writes it: plain objects, streams by Flate or as they are. A PDF that
// another program has saved anew may hide its objects in streams; then nothing is found, and the page says so.
import { Fault, bytesOf, inflated, same } from "./bytes.js";

const HEAD = bytesOf("%PDF-");
const OBJECT = /(\d+)[ \r\n]+\d+[ \r\n]+obj\b/g;
const END = /endobj|stream\r?\n/g;

export const isPdf = (bytes) => same(bytes.slice(0, HEAD.length), HEAD);

// The objects by number, each as its text and, for streams, where its bytes begin. Later ones replace earlier ones.
function objectsOf(text) {
  const objects = new Map();
  OBJECT.lastIndex = 0;
  for (let found = OBJECT.exec(text); found; found = OBJECT.exec(text)) {
    END.lastIndex = OBJECT.lastIndex;
    const end = END.exec(text);
    if (!end) throw new Fault("half");
    const body = text.slice(OBJECT.lastIndex, end.index);
    const start = end[0] === "endobj" ? null : END.lastIndex;
    objects.set(found[1], { body, start, length: start === null ? 0 : lengthOf(body) });
    OBJECT.lastIndex = END.lastIndex + (start === null ? 0 : lengthOf(body));
  }
  return objects;
}

const lengthOf = (body) => Number(/\/Length\s+(\d+)\b(?!\s+\d+\s+R)/.exec(body)?.[1] ?? 0);

// The bytes of the files of these names. Fault where the PDF is locked or cut off.
export async function attachmentsOf(bytes, names) {
  const text = new TextDecoder("latin1").decode(bytes);
  if (/\/Encrypt\s+\d+\s+\d+\s+R/.test(text)) throw new Fault("locked");
  if (!text.trimEnd().endsWith("%%EOF")) throw new Fault("half");
  const objects = objectsOf(text);
  const found = new Map();
  for (const { body } of objects.values()) {
    const name = /\/Filespec\b/.test(body) && nameIn(body);
    const place = /\/EF\s*<<[^>]*\/F\s+(\d+)\s+\d+\s+R/.exec(body)?.[1];
    if (names.includes(name) && objects.has(place)) found.set(name, await streamOf(bytes, objects.get(place)));
  }
  return found;
}

// Some programs write signs of a name as three octal digits.
function nameIn(body) {
  const name = /\/F\s*\(((?:[^()\\]|\\[0-7]{3})*)\)/.exec(body)?.[1];
  return name?.replace(/\\([0-7]{3})/g, (_, octal) => String.fromCharCode(parseInt(octal, 8)));
}

async function streamOf(bytes, { body, start, length }) {
  if (start === null || start + length > bytes.length) throw new Fault("half");
  const data = bytes.slice(start, start + length);
  const filter = /\/Filter\s*\[?\s*\/(\w+)/.exec(body)?.[1];
  if (!filter) return data;
  if (filter !== "FlateDecode") throw new Fault("no_proof");
  return inflated(data, "deflate", "half");
}
