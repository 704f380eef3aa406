// The staff area works without this file; with it some things take fewer
// keystrokes.
"use strict";

// Keys that work on every page: "/" goes to its search field, "?" lists the
// keys, and Ctrl-Enter saves the form that is typed into.
const typing = (event) => event.target.closest("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");
const control = (event) => event.ctrlKey || event.metaKey;
const search = document.querySelector("[role=search] input:not([type=hidden])");

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey) return;
  if (control(event)) {
    const form = event.key === "Enter" && event.target.closest("form[data-keep]");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("button.main"));
  } else if (event.key === "/" && search && !typing(event)) {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "?" && !typing(event)) {
    event.preventDefault();
    showKeys();
  }
});

// showKeys lists what the keys do on this page.
function showKeys() {
  const has = (selector) => document.querySelector(selector);
  const keys = [
    [search, "/", "to the search field"],
    [has("form[data-keep]"), "Ctrl Enter", "save, from within the form"],
    [has("table[data-sheet]"), "Enter ↑ ↓ ← →", "to the next cell of a table of sizes"],
    [has("table[data-sheet]"), "Ctrl D", "fill the column down from here"],
    [has("table[data-sheet]"), "Ctrl V", "spread what a spreadsheet copied"],
    [true, "?", "this list"],
    [true, "Esc", "close it"],
  ];
  const box = document.createElement("dialog");
  box.setAttribute("aria-labelledby", "keys");
  const head = document.createElement("h2");
  head.id = "keys";
  head.textContent = "Keys on this page";
  const list = document.createElement("dl");
  list.className = "facts";
  for (const [there, key, does] of keys) {
    if (!there) continue;
    const dt = document.createElement("dt"), dd = document.createElement("dd");
    dt.textContent = key;
    dd.textContent = does;
    list.append(dt, dd);
  }
  const close = document.createElement("button");
  close.textContent = "Close";
  close.addEventListener("click", () => box.close());
  box.addEventListener("close", () => box.remove());
  box.append(head, list, close);
  document.body.append(box);
  box.showModal();
}

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
// Ctrl-D fills a column down.
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
    if (control(event) && event.key === "d") {
      event.preventDefault();
      for (let n = r + 1; n < grid.length; n++) put(grid[n][c], input.value);
    } else if (control(event) || event.altKey) {
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
