// The search of the whole site: arrows move among what was found, Escape goes back to the box and empties it.
function places(scope) {
  return [scope.querySelector("[data-search]"), ...scope.querySelectorAll(".found a")];
}

document.addEventListener("keydown", (event) => {
  const scope = event.target.closest?.("[data-site-search]");
  if (!scope) return;
  if (event.key === "Escape") {
    const box = scope.querySelector("[data-search]");
    scope.querySelector(".found").replaceChildren();
    box.value = "";
    box.focus();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const all = places(scope);
  const next = all[all.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
});
