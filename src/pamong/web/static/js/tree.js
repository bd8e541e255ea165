// The slider of years says what it means while it is moved; the tree follows when it rests.
document.addEventListener("input", (event) => {
  const range = event.target.closest?.("[data-year]");
  if (!range) return;
  const { today, now, words } = range.dataset;
  const told = range.value === today ? now : `${words} ${range.value}`;
  range.closest("section").querySelector("[data-year-told]").textContent = told;
  range.setAttribute("aria-valuetext", told);
});
