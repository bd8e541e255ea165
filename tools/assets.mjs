// Copies the front-end files that the pages load from node_modules into the static folder.
// Nothing is bundled or compiled: what npm's lock names by hash is what the browser gets.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(root, "node_modules");
const vendor = join(root, "src", "pamong", "web", "static", "vendor");

const files = {
  "bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css",
  "bootstrap/LICENSE": "bootstrap.LICENSE.txt",
  "htmx.org/dist/htmx.min.js": "htmx.min.js",
  "htmx.org/LICENSE": "htmx.LICENSE.txt",
  // For browsers that can't check Ed25519 signatures themselves.
  "@noble/ed25519/index.js": "ed25519.js",
  "@noble/ed25519/LICENSE": "ed25519.LICENSE.txt",
};

await rm(vendor, { recursive: true, force: true });
await mkdir(vendor, { recursive: true });
for (const [source, target] of Object.entries(files)) {
  await cp(join(modules, source), join(vendor, target));
}

// The source map is not shipped; a reference to it would stop the hashed static storage.
const css = join(vendor, "bootstrap.min.css");
const text = await readFile(css, "utf8");
await writeFile(css, text.replace(/\/\*# sourceMappingURL=.*?\*\/\s*$/, ""));

console.log(`${Object.keys(files).length} berkas antarmuka disalin.`);
