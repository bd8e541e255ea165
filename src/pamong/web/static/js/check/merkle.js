// Trees of RFC 6962 with SHA-256: hashes of leaves, and the root that a path leads to.
import { Fault, sha256 } from "./bytes.js";

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export const leafHash = (data) => sha256(LEAF, data);

// Whether the path has the length of its place is asked first: a cut path leads to some other root.
export async function rootOfPath(leaf, index, size, path) {
  if (index < 0 || index >= size) throw new Fault("proof_form");
  let [place, last] = [index, size - 1];
  let root = leaf;
  for (const sibling of path) {
    if (last === 0) throw new Fault("proof_form");
    if (place % 2 === 1 || place === last) {
      root = await sha256(NODE, sibling, root);
      while (place % 2 === 0 && place !== 0) [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
    } else {
      root = await sha256(NODE, root, sibling);
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  if (last !== 0) throw new Fault("proof_form");
  return root;
}
