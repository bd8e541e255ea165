// The page: takes a QR's text, a file or a picture, and shows the verdict. Nothing of it leaves the device; only
// whether a document still holds is asked of the site, when wished, by a hash that tells nothing about it.
import { Fault } from "./bytes.js";
import { canScan, codeOfPicture, scan } from "./camera.js";
import { policyOf } from "./policy.js";
import { show, showFault, showWorking } from "./showing.js";
import { verifyFile, verifyText } from "./verify.js";

const root = document.querySelector("[data-check]");
const place = root.querySelector("[data-result]");

async function policy() {
  return policyOf(root.querySelector("[data-policy]").content.textContent);
}

let last = 0; // only the newest question is answered

async function answer(work, focus = true) {
  const own = (last += 1);
  showWorking(root, place);
  let draw;
  try {
    const found = await work(await policy());
    draw = () => show(root, place, found);
  } catch (error) {
    if (!(error instanceof Fault)) console.error(error);
    draw = () => showFault(root, place, error instanceof Fault ? error.code : "unreadable");
  }
  if (own !== last) return;
  draw();
  if (focus) place.querySelector("h2").focus();
}

async function ofFile(known, file) {
  if (file.type.startsWith("image/")) return verifyText(known, await codeOfPicture(file));
  return verifyFile(known, new Uint8Array(await file.arrayBuffer()));
}

function fromAddress() {
  if (location.hash.length > 1) answer((known) => verifyText(known, location.hash), false);
}

root.querySelector("[data-of-file]").addEventListener("change", (event) => {
  const [file] = event.target.files;
  event.target.value = ""; // the same file may be chosen again
  if (file) answer((known) => ofFile(known, file));
});

root.querySelector("[data-of-text]").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = event.target.querySelector("textarea").value;
  answer((known) => verifyText(known, text));
});

canScan().then((possible) => {
  if (!possible) return;
  const camera = root.querySelector("[data-camera]");
  camera.hidden = false;
  root.querySelector("[data-of-file]").accept += ",image/*";
  camera.querySelector("button").addEventListener("click", () => {
    answer(async (known) => verifyText(known, await scan(camera.querySelector("video"))));
  });
});

// A browser that keeps nothing checks as before, as long as there is a network.
window.addEventListener("load", async () => {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(root.dataset.worker);
    const { active } = await navigator.serviceWorker.ready;
    const library = new URL("../../vendor/ed25519.js", import.meta.url).href;
    active.postMessage([library, ...performance.getEntriesByType("resource").map((each) => each.name)]);
  } catch {
    // not allowed here
  }
});

root.querySelector("[data-without]").hidden = true;
root.querySelector("[data-ways]").hidden = false;
window.addEventListener("hashchange", fromAddress);
fromAddress();
