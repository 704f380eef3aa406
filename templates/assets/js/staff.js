// The staff area works without this file; with it some things take fewer
// keystrokes.
"use strict";

// "/" goes to the page's search field.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  const field = document.querySelector("[role=search] input:not([type=hidden])");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

// A box with data-all="name" ticks all boxes of that name in its form. It is
// made here, since it does nothing without a script.
for (const place of document.querySelectorAll("[data-all]")) {
  const boxes = () => [...place.closest("form").querySelectorAll(`input[type=checkbox][name="${place.dataset.all}"]:not(:disabled)`)];
  const box = document.createElement("input");
  box.type = "checkbox";
  box.setAttribute("aria-label", place.dataset.label || "All");
  box.addEventListener("change", () => boxes().forEach((b) => { b.checked = box.checked; }));
  place.closest("form").addEventListener("change", () => { box.checked = boxes().every((b) => b.checked); });
  box.checked = boxes().length > 0 && boxes().every((b) => b.checked);
  place.append(box);
}

// A form with data-keep asks before what was typed into it is lost.
for (const form of document.querySelectorAll("form[data-keep]")) {
  let changed = form.hasAttribute("data-changed");
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}
