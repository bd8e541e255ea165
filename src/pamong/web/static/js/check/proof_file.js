// Proof files (C2SP tlog-proof), with the content of the entry in `extra`.
import { Fault, fromBase64, fromDecimal, fromHex, textOf } from "./bytes.js";
import { recordOf } from "./canonical.js";
import { checkpointOf, noteOf } from "./notes.js";

export const HEAD = "c2sp.org/tlog-proof@v1";
const FORMAT = 1;

export function proofOf(text) {
  const gap = text.indexOf("\n\n");
  const lines = text.slice(0, gap).split("\n");
  if (lines[0] !== HEAD) throw new Fault("unreadable");
  if (gap < 0) throw new Fault("half");
  const [, extra, index, ...path] = lines;
  if (!extra?.startsWith("extra ")) throw new Fault("no_content");
  if (!index?.startsWith("index ")) throw new Fault("proof_form");
  const note = noteOf(text.slice(gap + 2));
  return {
    content: contentOf(textOf(fromBase64(extra.slice(6), "proof_form"), "proof_form")),
    index: fromDecimal(index.slice(6), "proof_form"),
    path: path.map(hashOf),
    ...checkpointOf(note.text),
    note,
  };
}

function hashOf(line) {
  const hash = fromBase64(line, "proof_form");
  if (hash.length !== 32) throw new Fault("proof_form");
  return hash;
}

function contentOf(text) {
  const { format, entry, item, openings } = recordOf(text, "proof_form");
  if (format !== FORMAT) throw new Fault("version");
  if (typeof entry !== "string" || !Array.isArray(openings)) throw new Fault("proof_form");
  return { entry, item: item && itemOf(item), openings };
}

function itemOf({ body, index, size, path, root }) {
  const whole = Number.isSafeInteger(index) && Number.isSafeInteger(size);
  if (typeof body !== "string" || typeof root !== "string" || !whole || !Array.isArray(path)) {
    throw new Fault("proof_form");
  }
  return { body, index, size, root, path: path.map((hash) => fromHex(hash, 32, "proof_form")) };
}
