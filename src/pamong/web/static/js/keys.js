// "/" goes to the search box of the page, else to the search of the site, else to the filter of the first table.
function typing(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const shown = (box) => box.offsetParent !== null;
  const find = (selector) => [...document.querySelectorAll(selector)].find(shown);
  const box = find("main [data-search]") ?? find("[data-search]") ?? find("[data-filter]");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
