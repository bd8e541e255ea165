// Anything over 300 ms shows that it works; a failed request says so and leaves the page usable.
const bar = document.querySelector("[data-waiting]");
const PATIENCE = 300;
let open = 0;
let timer = 0;

function begin() {
  open += 1;
  if (open > 1) return;
  timer = setTimeout(() => {
    bar.classList.add("on");
    bar.setAttribute("aria-label", bar.dataset.text);
  }, PATIENCE);
}

function end() {
  open = Math.max(0, open - 1);
  if (open) return;
  clearTimeout(timer);
  bar.classList.remove("on");
  bar.removeAttribute("aria-label");
}

function failed(event) {
  const target = event.detail.target;
  if (!target) return;
  const note = document.createElement("p");
  note.className = "ui-status problem";
  note.setAttribute("role", "alert");
  note.textContent = bar.dataset.failed;
  target.append(note);
}

if (bar) {
  document.addEventListener("htmx:beforeRequest", begin);
  document.addEventListener("htmx:afterRequest", end);
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);
}
