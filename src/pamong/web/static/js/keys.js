// "/" goes to the search box of the page, or else to the filter of its first table.
function typing(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const boxes = document.querySelectorAll("[data-search], [data-filter]");
  const box = [...boxes].find((candidate) => candidate.offsetParent !== null);
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
