// Draws a verdict from the page's templates: all words stand there, in the language of the page.
const language = document.documentElement.lang;
const THOUSANDS = new Intl.NumberFormat("id-ID");
const POINTS = new Intl.NumberFormat("id-ID", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const part = (root, name) => root.querySelector(`template[data-part="${name}"]`).content.cloneNode(true);
const words = (root, kind, code) => root.querySelector("template[data-words]").content.querySelector(`[data-${kind}="${code}"]`);
const fill = (scope, slot, text) => { scope.querySelector(`[data-slot="${slot}"]`).textContent = text; };

export function showWorking(root, place) {
  place.hidden = false;
  place.replaceChildren(part(root, "working"));
}

export function showFault(root, place, code) {
  const sentence = words(root, "fault", code) ?? words(root, "fault", "unreadable");
  const drawn = part(root, sentence.dataset.tone);
  drawn.querySelector("[data-slot=sentence]").textContent = sentence.textContent;
  drawn.firstElementChild.dataset.code = code;
  place.replaceChildren(drawn);
}

export function show(root, place, found) {
  const drawn = part(root, found.quorum ? "genuine" : "weak");
  const told = rows(root, found);
  drawn.querySelector("tbody").append(...told.map(([label, value]) => row(label, value)));
  drawn.append(part(root, "facts"));
  fill(drawn, "number", words(root, "say", "number").textContent.replace("{}", THOUSANDS.format(found.index)).replace("{}", THOUSANDS.format(found.size)));
  fill(drawn, "log", found.origin);
  fill(drawn, "latest", found.latest === null ? words(root, "say", "no_time").textContent : instant(found.latest));
  const names = found.witnesses.map((witness) => witness.name).join(", ");
  fill(drawn, "witnesses", names || words(root, "say", "no_witness").textContent);
  drawn.querySelector("[data-inside]").hidden = found.needsOutsider;
  drawn.querySelector("[data-same-content]").hidden = found.content === null;
  const status = drawn.querySelector("[data-status]");
  if (words(root, "kind", found.kind)?.dataset.paper === undefined) status.remove();
  else status.querySelector("button").addEventListener("click", () => ask(root, status, found.hashes));
  place.replaceChildren(drawn);
}

function row(label, value) {
  const line = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  head.textContent = label;
  const cell = document.createElement("td");
  cell.textContent = value;
  line.append(head, cell);
  return line;
}

// What the paper must say: the opened fields, and what the entry tells in the clear and has a name here; in the
// order of the page's words. A field that is both is told as it was opened. Of an entry that opens nothing, which is
// no paper, all that it tells in the clear.
function rows(root, found) {
  const kind = words(root, "kind", found.kind)?.textContent ?? found.kind;
  const known = [...root.querySelector("template[data-words]").content.querySelectorAll("[data-field]")];
  const told = new Map();
  const open = (name, value, always) => {
    if (value !== null && typeof value === "object" && words(root, "field", name)?.dataset.as !== "points") {
      if (name === "scores") return; // of many members; the total is what they give
      for (const [inner, each] of Object.entries(value)) open(inner, each, always);
    } else if (value !== null && value !== "" && !told.has(name) && (always || words(root, "field", name))) {
      told.set(name, value);
    }
  };
  for (const [name, value] of Object.entries(found.fields)) if (name !== "document") open(name, value, true);
  const paper = [[words(root, "say", found.isWhole ? "entry" : "paper").textContent, kind]];
  if (found.isWhole) return [...paper, ...Object.entries(found.public).map(([name, value]) => labelled(root, name, plain(value)))];
  if (told.size === 0) paper.push([words(root, "say", "content").textContent, words(root, "say", "nothing").textContent]);
  for (const [name, value] of Object.entries(found.public)) open(name, value, false);
  const place = ([name]) => known.findIndex((word) => word.dataset.field === name) >>> 0; // unknown ones last
  return [...paper, ...[...told].sort((one, other) => place(one) - place(other)).map(([name, value]) => labelled(root, name, value))];
}

function plain(value) {
  if (value === null || value === "") return "–";
  if (Array.isArray(value) && value.every((each) => typeof each !== "object")) return value.join(", ") || "–";
  if (typeof value !== "object") return value;
  const pairs = Object.entries(value);
  const flat = !Array.isArray(value) && pairs.every(([, each]) => typeof each !== "object");
  return flat ? pairs.map(([name, each]) => `${name}: ${each}`).join(", ") : JSON.stringify(value);
}

function labelled(root, name, value) {
  const label = words(root, "field", name) ?? words(root, "also", name);
  return [label?.textContent ?? name, said(root, label?.dataset.as, value)];
}

function said(root, as, value) {
  if (as === "rupiah") return `Rp${THOUSANDS.format(value)}`.replace("Rp-", "−Rp");
  if (as === "month") return day(value, { month: "long", year: "numeric" });
  if (as === "day") return day(value, { dateStyle: "long" });
  if (as === "word") return words(root, "value", value)?.textContent ?? value;
  if (as === "points") return POINTS.format(Number(value[0]) / Number(value[1]) / 100);
  if (as === "yes") return words(root, "say", value ? "yes" : "no").textContent;
  return String(value);
}

function day(value, form) {
  const date = new Date(`${value.length === 7 ? `${value}-01` : value}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? value : new Intl.DateTimeFormat("id-ID", { ...form, timeZone: "UTC" }).format(date);
}

function instant(seconds) {
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : "id-ID", { dateStyle: "long", timeStyle: "long" }).format(new Date(1000 * seconds));
}

async function ask(root, place, hashes) {
  const told = place.querySelector("[data-told]");
  told.replaceChildren(part(root, "working"));
  try {
    const address = root.dataset.status.replace(/0{64}\/0{64}/, hashes.join("/"));
    const response = await fetch(address, { headers: { "HX-Request": "true" }, credentials: "omit" });
    if (!response.ok) throw new Error(String(response.status));
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    told.replaceChildren(...page.body.childNodes);
  } catch {
    told.replaceChildren(words(root, "say", "not_reached").textContent);
  }
}
