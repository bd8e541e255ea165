// What was sealed: the entry, perhaps one item of its subtree, and the personal fields that the proof opens.
import { Fault, bytesOf, fromHex, sha256, toHex } from "./bytes.js";
import { canonical, recordOf } from "./canonical.js";
import { leafHash, rootOfPath } from "./merkle.js";

const FORMAT = 1;
const ENTRY_KEYS = "actor,format,kind,personal,public";

function entryOf(text) {
  const entry = recordOf(text, "proof_form");
  if (entry.format !== FORMAT) throw new Fault("version");
  if (Object.keys(entry).join() !== ENTRY_KEYS) throw new Fault("proof_form");
  return { ...entry, public: Object(entry.public), personal: Object(entry.personal) };
}

// `content`: entry and item {body, index, size, path, root} as texts, openings [{field, salt, value}].
export async function openedContent(content) {
  const entry = entryOf(content.entry);
  const { item } = content;
  const holder = item ? entryOf(item.body) : entry;
  const leaf = await leafHash(bytesOf(content.entry));
  const hash = item ? await leafHash(bytesOf(item.body)) : leaf;
  if (item) await within(entry, item, hash);
  const fields = Object.create(null);
  for (const opening of content.openings) {
    if (opening.field in fields) throw new Fault("proof_form");
    fields[opening.field] = await openedField(holder, opening);
  }
  return { leaf, hash, entry, holder, fields };
}

async function within(entry, item, hash) {
  const root = await rootOfPath(hash, item.index, item.size, item.path);
  const { people } = entry.public;
  if (entry.public[item.root] !== toHex(root) || (people !== undefined && people !== item.size)) {
    throw new Fault("other_document");
  }
}

async function openedField(holder, { field, salt, value }) {
  const plain = bytesOf(canonical({ field, value }));
  const commitment = await sha256(fromHex(salt, 32, "proof_form"), plain);
  if (!Object.hasOwn(holder.personal, field) || holder.personal[field] !== toHex(commitment)) {
    throw new Fault("changed");
  }
  return value;
}
