// Filters the rows of a table by what is typed: every word must stand somewhere in the row.
function words(text) {
  return text.toLocaleLowerCase("id").normalize("NFKD").replace(/[\u0300-\u036f]/g, "").split(/\s+/).filter(Boolean);
}

function rowsOf(table) {
  return [...table.tBodies].flatMap((body) => [...body.rows]).map((row) => [row, words(row.textContent).join(" ")]);
}

function announce(id, count) {
  const status = document.querySelector(`[data-filter-status="${CSS.escape(id)}"]`);
  if (status) status.textContent = count ? `${count} ${status.dataset.one}` : status.dataset.none;
}

function start(box) {
  const table = document.getElementById(box.dataset.filter);
  if (!table) return;
  box.closest("[data-filter-box]").hidden = false;
  let rows = null;
  box.addEventListener("input", () => {
    rows ??= rowsOf(table);
    const wanted = words(box.value);
    let count = 0;
    for (const [row, text] of rows) {
      row.hidden = !wanted.every((word) => text.includes(word));
      if (!row.hidden) count += 1;
    }
    announce(box.dataset.filter, count);
  });
}

function startAll(scope) {
  for (const box of scope.querySelectorAll("[data-filter]:not([data-started])")) {
    box.dataset.started = "";
    start(box);
  }
}

startAll(document);
document.addEventListener("htmx:load", (event) => startAll(event.detail.elt));
