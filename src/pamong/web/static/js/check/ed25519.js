// Ed25519 signatures: by the browser where it can, else by the library beside it.
import { Fault } from "./bytes.js";

let library = null;

async function keyOf(bytes) {
  try {
    return await crypto.subtle.importKey("raw", bytes, "Ed25519", false, ["verify"]);
  } catch {
    return null;
  }
}

export async function isSigned(publicKey, signature, message) {
  if (!crypto.subtle) throw new Fault("insecure");
  const key = await keyOf(publicKey);
  if (key) return crypto.subtle.verify("Ed25519", key, signature, message);
  library ??= await import("../../vendor/ed25519.js");
  return library.verifyAsync(signature, message, publicKey, { zip215: false });
}
