// Fields for dates say in words what is typed, and open the browser's calendar; fields for files name the file.
const MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];
const FIGURES = /^(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4})$|^(\d{2})(\d{2})(\d{4})$/;
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;

function parts(text) {
  const iso = ISO.exec(text);
  if (iso) return [iso[3], iso[2], iso[1]].map(Number);
  const found = FIGURES.exec(text);
  return found ? found.slice(1).filter(Boolean).map(Number) : null;
}

function known([day, month, year]) {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCDate() === day && date.getUTCMonth() === month - 1;
}

// Month names in words are left to the server: it knows all their short forms.
function say(field, input) {
  const words = field.querySelector("[data-day-words]");
  const text = input.value.trim();
  const found = parts(text);
  if (!found) words.textContent = words.dataset.form;
  else if (known(found)) words.textContent = `${found[0]} ${MONTHS[found[1] - 1]} ${found[2]}`;
  else words.textContent = words.dataset.none;
  return found !== null && known(found);
}

// A whole date counts as changed at once, as in the browser's own field.
document.addEventListener("input", (event) => {
  const field = event.target.closest?.("[data-day]");
  if (!field || event.target.hasAttribute("data-day-native")) return;
  if (say(field, event.target)) event.target.dispatchEvent(new Event("change", { bubbles: true }));
});

function two(number) {
  return String(number).padStart(2, "0");
}

document.addEventListener("click", (event) => {
  const pick = event.target.closest?.("[data-day-pick]");
  if (!pick) return;
  const field = pick.closest("[data-day]");
  const native = field.querySelector("[data-day-native]");
  const found = parts(field.querySelector("input").value.trim());
  if (found) native.value = `${found[2]}-${two(found[1])}-${two(found[0])}`;
  native.showPicker?.();
});

document.addEventListener("change", (event) => {
  if (!event.target.hasAttribute?.("data-day-native") || !event.target.value) return;
  event.stopPropagation();
  const [year, month, day] = event.target.value.split("-");
  const input = event.target.closest("[data-day]").querySelector("input");
  input.value = `${day}-${month}-${year}`;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.focus();
}, true);

document.addEventListener("change", (event) => {
  if (!event.target.hasAttribute?.("data-file")) return;
  const field = event.target.closest(".ui-file");
  const names = [...event.target.files].map((file) => file.name).join(", ");
  const shown = field.querySelector("[data-file-name]");
  shown.dataset.empty ??= shown.textContent;
  shown.textContent = names || shown.dataset.empty;
  const told = field.querySelector("[data-file-told]");
  told.textContent = names ? told.dataset.chosen.replace("{}", names) : shown.dataset.empty;
});
