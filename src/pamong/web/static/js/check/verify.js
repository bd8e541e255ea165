// From a proof to what it shows: genuine when issued, or the one thing that is wrong.
import { Fault, bytesOf, same, sha256, textOf, toHex } from "./bytes.js";
import { openedContent } from "./content.js";
import { compactOf, digitsOf } from "./digits.js";
import { rootOfPath } from "./merkle.js";
import { signersOf, textOfCheckpoint } from "./notes.js";
import { attachmentsOf, isPdf } from "./pdf.js";
import { needsOutsider, satisfied } from "./policy.js";
import { HEAD, proofOf } from "./proof_file.js";

export const MOST_BYTES = 32 * 1024 * 1024;
const PROOF = "bukti.tlog-proof";
const CONTENT = "isi.json";

// A QR's text, or the text of a proof file.
export async function verifyText(policy, text) {
  if (!globalThis.crypto?.subtle) throw new Fault("insecure");
  if (text.trimStart().startsWith(HEAD)) return verifyProof(policy, text.trimStart());
  const digits = digitsOf(text);
  if (!digits) throw new Fault("unreadable");
  const proof = await compactOf(digits);
  const content = await openedContent(proof.content);
  const root = await rootOfPath(content.leaf, proof.index, proof.size, proof.path);
  const signers = await signersOf(policy, textOfCheckpoint(proof.origin, proof.size, root), proof.signatures);
  return verdict(policy, proof, content, signers);
}

async function verifyProof(policy, text) {
  const proof = proofOf(text);
  const content = await openedContent(proof.content);
  const signers = await signersOf(policy, proof.note.text, proof.note.signatures);
  const root = await rootOfPath(content.leaf, proof.index, proof.size, proof.path);
  if (!same(root, proof.root)) throw new Fault("other_document");
  return verdict(policy, proof, content, signers);
}

// A file: a PDF with its attachments, or a proof file.
export async function verifyFile(policy, bytes) {
  if (!globalThis.crypto?.subtle) throw new Fault("insecure");
  if (bytes.length > MOST_BYTES) throw new Fault("too_big");
  if (!isPdf(bytes)) return verifyText(policy, textOf(bytes, "unreadable"));
  const attached = await attachmentsOf(bytes, [PROOF, CONTENT]);
  if (!attached.has(PROOF)) throw new Fault("no_proof");
  const found = await verifyProof(policy, textOf(attached.get(PROOF), "proof_form"));
  await requireContent(found, attached.get(CONTENT));
  return found;
}

async function requireContent(found, content) {
  const sealed = found.fields.document?.content_sha256;
  if (!content || !sealed) throw new Fault("no_content");
  if (toHex(await sha256(content)) !== sealed) throw new Fault("other_content");
  found.content = textOf(content, "other_content");
}

function verdict(policy, proof, content, signers) {
  const times = [...signers.witnesses.values()];
  return {
    fields: content.fields,
    kind: content.holder.kind,
    public: content.holder.public,
    hashes: content.hash === content.leaf ? [toHex(content.leaf)] : [toHex(content.leaf), toHex(content.hash)],
    isWhole: content.hash === content.leaf && Object.keys(content.fields).length === 0,
    origin: signers.origin,
    index: proof.index,
    size: proof.size,
    latest: times.length ? Math.min(...times) : null,
    witnesses: [...signers.witnesses].map(([name, time]) => ({ name, time })),
    quorum: satisfied(policy, new Set(signers.witnesses.keys())),
    needsOutsider: needsOutsider(policy),
    content: null,
  };
}
