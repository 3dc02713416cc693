// Helps where a browser runs scripts; every page works without it.
"use strict";
(() => {
  const scan = document.querySelector("[data-scan]");
  if (!scan) return;
  // A scanner that types like a keyboard sends the separator GS as Ctrl+], which a text field drops. Its visible
  // stand-in survives, and the server reads it as the separator.
  scan.addEventListener("keydown", (event) => {
    const separator = event.key === "\u001d" || (event.ctrlKey && (event.key === "]" || event.code === "BracketRight"));
    if (!separator) return;
    event.preventDefault();
    scan.setRangeText("\u241d", scan.selectionStart, scan.selectionEnd, "end");
  });
  // The next scan replaces the last one.
  scan.addEventListener("focus", () => scan.select());
  if (document.activeElement === document.body) scan.focus();
})();
