// The policy (C2SP tlog-policy): which logs and witnesses are known, and how many witnesses it takes.
import { Fault, bytesOf, fromBase64, joined, same, sha256 } from "./bytes.js";

export const NOTE = 1;
export const COSIGNATURE = 4;
const OUTSIDE = "luar";

// "name+8 hex of the key's id+base64 of type and key" (C2SP signed-note). The name itself may hold no plus.
async function keyOf(text, type) {
  const [, name, id, base64] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  if (!name) throw new Fault("policy");
  const [kind, ...key] = fromBase64(base64, "policy");
  if (kind !== type) return null;
  const hash = await sha256(bytesOf(`${name}\n`), Uint8Array.of(kind), Uint8Array.from(key));
  const own = Uint8Array.from({ length: 4 }, (_, at) => parseInt(id.slice(2 * at, 2 * at + 2), 16));
  if (key.length !== 32 || !same(hash.slice(0, 4), own)) throw new Fault("policy");
  return { name, id: own, key: Uint8Array.from(key), type };
}

async function read(line, policy) {
  const [word, ...rest] = line;
  if (word === "log") {
    policy.logs.push(await keyOf(rest[0] ?? "", NOTE));
  } else if (word === "witness") {
    define(policy, rest[0], { witness: rest[0] });
    const key = await keyOf(rest[1] ?? "", COSIGNATURE);
    if (key) policy.witnesses.push({ ...key, called: rest[0] });
  } else if (word === "group") {
    const [name, wanted, ...members] = rest;
    const least = { any: 1, all: members.length }[wanted] ?? Number(wanted);
    if (!(least >= 1 && least <= members.length) || !members.every((one) => policy.names.has(one))) {
      throw new Fault("policy");
    }
    define(policy, name, { least, members });
  } else if (word === "quorum" && policy.quorum === null && (rest[0] === "none" || policy.names.has(rest[0]))) {
    policy.quorum = rest[0];
  } else {
    throw new Fault("policy");
  }
}

function define(policy, name, meaning) {
  if (!name || name === "none" || policy.names.has(name)) throw new Fault("policy");
  policy.names.set(name, meaning);
}

export async function policyOf(text) {
  const policy = { logs: [], witnesses: [], names: new Map(), quorum: null };
  for (const line of text.split("\n").map((one) => one.trim())) {
    if (line && !line.startsWith("#")) await read(line.split(/[ \t]+/), policy);
  }
  policy.logs = policy.logs.filter(Boolean);
  if (policy.quorum === null || policy.logs.length === 0) throw new Fault("policy");
  return policy;
}

function holds(policy, name, by) {
  const meaning = policy.names.get(name);
  if (meaning.witness) return by.has(meaning.witness);
  return meaning.members.filter((member) => holds(policy, member, by)).length >= meaning.least;
}

export const satisfied = (policy, by) => policy.quorum === "none" || holds(policy, policy.quorum, by);

function within(policy, name) {
  const meaning = policy.names.get(name);
  if (!meaning) return [];
  return meaning.witness ? [meaning.witness] : meaning.members.flatMap((member) => within(policy, member));
}

// Whether the quorum takes at least one witness who does not stand under the same head of government.
export function needsOutsider(policy) {
  const outside = new Set(within(policy, OUTSIDE));
  const inside = policy.witnesses.map((one) => one.called).filter((called) => !outside.has(called));
  return !satisfied(policy, new Set(inside));
}
