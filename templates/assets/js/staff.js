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

// In a table of sizes, Enter and the arrows move between cells, what is
// copied from a spreadsheet spreads from the cell it is pasted into, and
// Ctrl-D fills a column down. Ctrl-Enter saves.
for (const table of document.querySelectorAll("table[data-sheet]")) {
  const grid = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("td input")]);
  const at = (input) => {
    const r = grid.findIndex((row) => row.includes(input));
    return [r, r < 0 ? -1 : grid[r].indexOf(input)];
  };
  const go = (r, c) => {
    const next = grid[r] && grid[r][c];
    if (!next) return false;
    next.focus();
    next.select();
    return true;
  };
  const put = (input, text) => {
    if (!input || input.disabled || text === "" || input.value === text) return;
    if (!input.dataset.was) input.dataset.was = input.value;
    input.value = text;
    input.classList.add("was");
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  table.addEventListener("keydown", (event) => {
    const input = event.target;
    const [r, c] = at(input);
    if (r < 0 || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      input.form.requestSubmit();
    } else if ((event.ctrlKey || event.metaKey) && event.key === "d") {
      event.preventDefault();
      for (let n = r + 1; n < grid.length; n++) put(grid[n][c], input.value);
    } else if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    } else if (event.key === "Enter" || event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      go(r + (event.key === "ArrowUp" || event.key === "Enter" && event.shiftKey ? -1 : 1), c);
    } else if (event.key === "ArrowRight" && input.selectionEnd === input.value.length && (input.selectionStart === input.selectionEnd || input.selectionStart === 0)) {
      if (go(r, c + 1)) event.preventDefault();
    } else if (event.key === "ArrowLeft" && input.selectionStart === 0) {
      if (go(r, c - 1)) event.preventDefault();
    }
  });
  table.addEventListener("paste", (event) => {
    const [r, c] = at(event.target);
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    if (r < 0 || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const block = text.split("\n").map((line) => line.split("\t").map((cell) => cell.trim()));
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
    const named = block[0].some((cell) => cell !== "" && heads.slice(1).includes(cell)) || block[0][0] === heads[0];
    const wide = Math.max(...block.map((row) => row.length));
    if (named || wide > grid[0].length - c || block.length > grid.length - r) { // has headings or does not fit: the server knows how to read it
      const box = table.parentElement.querySelector(".paste textarea");
      box.value = text;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      box.focus();
      return;
    }
    block.forEach((row, i) => row.forEach((cell, j) => put(grid[r + i][c + j], cell)));
  });
}
