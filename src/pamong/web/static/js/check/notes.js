// Signed checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature).
import { Fault, bytesOf, fromBase64, fromDecimal, joined, same, textOf, toBase64 } from "./bytes.js";
import { COSIGNATURE, NOTE } from "./policy.js";
import { isSigned } from "./ed25519.js";

const LINE = /^\u2014 ([^\s+]+) (\S+)$/u;

export const textOfCheckpoint = (origin, size, root) => `${origin}\n${size}\n${toBase64(root)}\n`;

// A note's text and signatures, each as name, id of the key, and bytes.
export function noteOf(text) {
  const at = text.lastIndexOf("\n\n");
  if (at < 0 || !text.endsWith("\n")) throw new Fault("half");
  const signatures = text.slice(at + 2, -1).split("\n").map((line) => {
    const found = LINE.exec(line);
    if (!found) throw new Fault("proof_form");
    const data = fromBase64(found[2], "proof_form");
    return { name: found[1], id: data.slice(0, 4), data: data.slice(4) };
  });
  return { text: text.slice(0, at + 1), signatures };
}

export function checkpointOf(text) {
  const lines = text.split("\n");
  if (lines.length < 4 || lines.slice(0, -1).some((line) => line === "")) throw new Fault("proof_form");
  const root = fromBase64(lines[2], "proof_form");
  if (root.length !== 32) throw new Fault("proof_form");
  return { origin: lines[0], size: fromDecimal(lines[1], "proof_form"), root };
}

function number(bytes) {
  return Number(bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n));
}

// Of a signature by a known key: its message, its 64 bytes, and the time that it states.
function opened(key, text, data) {
  if (key.type === NOTE) return data.length === 64 ? { message: bytesOf(text), signature: data } : null;
  if (data.length !== 72) return null;
  const time = number(data.slice(0, 8));
  if (!Number.isSafeInteger(time)) return null;
  return { message: bytesOf(`cosignature/v1\ntime ${time}\n${text}`), signature: data.slice(8), time };
}

function keyFor(policy, origin, signature) {
  const logs = policy.logs.filter((log) => log.name === origin);
  const known = [...logs, ...policy.witnesses].filter((key) => same(key.id, signature.id));
  return known.find((key) => signature.name === undefined || key.name === signature.name);
}

// Who signed: whether the log did, and which witnesses did when. Unknown keys are passed over (C2SP).
export async function signersOf(policy, text, signatures) {
  const { origin } = checkpointOf(text);
  if (!policy.logs.some((log) => log.name === origin)) throw new Fault("unknown_log");
  const found = { origin, byLog: false, witnesses: new Map() };
  for (const signature of signatures) {
    const key = keyFor(policy, origin, signature);
    if (!key) continue;
    const claim = opened(key, text, signature.data);
    if (!claim || !(await isSigned(key.key, claim.signature, claim.message))) throw new Fault("forged");
    if (key.type === COSIGNATURE) found.witnesses.set(key.called, claim.time);
    else found.byLog = true;
  }
  if (!found.byLog) throw new Fault("unsigned");
  return found;
}
