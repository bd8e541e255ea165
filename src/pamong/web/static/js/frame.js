// The frame's comforts: the look changes at once, menus close by themselves, a failed form takes the focus.
const root = document.documentElement;
const YEAR = 365 * 24 * 60 * 60;

function keepLook(value, theme) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  const age = theme ? YEAR : 0;
  document.cookie = `tampilan=${value}; path=/; max-age=${age}; samesite=lax${secure}`;
}

function showLook(form, chosen) {
  if (chosen.dataset.theme) root.dataset.bsTheme = chosen.dataset.theme;
  else delete root.dataset.bsTheme;
  for (const button of form.querySelectorAll("button[data-theme]")) {
    button.setAttribute("aria-pressed", String(button === chosen));
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-form]");
  if (!form || !event.submitter) return;
  event.preventDefault();
  keepLook(event.submitter.value, event.submitter.dataset.theme);
  showLook(form, event.submitter);
});

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = event.target.closest?.("details[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary")?.focus();
  }
  closeMenus();
});

document.querySelector("#print-now")?.addEventListener("click", () => window.print());

document.querySelector("[data-focus]")?.focus();
