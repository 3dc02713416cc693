// Helps where a browser runs scripts; every page works without it.
"use strict";
// On a narrow screen the menu is a row that scrolls; the page one is on must be in sight there.
document.querySelector(".menu [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
(() => {
  const scan = document.querySelector("[data-scan]");
  if (!scan) return;

  // Scanners leave the factory as US keyboards. On a host with another layout the text field gets other signs, but the
  // physical keys (KeyboardEvent.code) still say what was meant.
  const signs = {
    Space: "  ", Minus: "-_", Equal: "=+", BracketLeft: "[{", BracketRight: "]}", Backslash: "\\|",
    IntlBackslash: "\\|", Semicolon: ";:", Quote: "'\"", Backquote: "`~", Comma: ",<", Period: ".>", Slash: "/?",
    NumpadAdd: "++", NumpadSubtract: "--", NumpadMultiply: "**", NumpadDivide: "//", NumpadDecimal: "..",
  };
  const onUsKeyboard = ({ code, shiftKey }) => {
    if (/^Key[A-Z]$/.test(code)) return shiftKey ? code[3] : code[3].toLowerCase();
    if (/^Digit\d$/.test(code)) return shiftKey ? ")!@#$%^&*("[code[5]] : code[5];
    if (/^Numpad\d$/.test(code)) return code[6];
    return signs[code]?.[shiftKey ? 1 : 0] ?? "";
  };
  // A scanner that stutters is faster than this; a longer pause begins another text.
  const PAUSE_MS = 1000;
  let keys = "";
  let last = 0;

  // A scanner that types like a keyboard sends the separator GS as Ctrl+], which a text field drops. Its visible
  // stand-in survives, and the server reads it as the separator.
  scan.addEventListener("keydown", (event) => {
    // Enter may come late; it adds nothing.
    if (event.key !== "Enter" && event.timeStamp - last > PAUSE_MS) keys = "";
    last = event.timeStamp;
    const separator = event.key === "\u001d" || (event.ctrlKey && (event.key === "]" || event.code === "BracketRight"));
    if (separator) {
      event.preventDefault();
      scan.setRangeText("\u241d", scan.selectionStart, scan.selectionEnd, "end");
      keys += "\u241d";
    } else if (!event.ctrlKey && !event.altKey && !event.metaKey && !event.getModifierState("AltGraph")) {
      keys += onUsKeyboard(event);
    }
  });
  // What a hand pasted or took out is not in the keys.
  scan.addEventListener("input", (event) => {
    if (/^(deleteContent|deleteWord|deleteByCut|insertFromPaste|insertFromDrop)/.test(event.inputType ?? "")) keys = "";
  });
  // Nobody types ], a letter and a digit to begin with: that is a scanner naming its symbol (ISO/IEC 15424).
  scan.form?.addEventListener("submit", () => {
    const scanned = keys.slice(keys.lastIndexOf("]"));
    if (/^\][A-Za-z]\d./.test(scanned)) scan.value = scanned;
  });
  // The next scan replaces the last one.
  scan.addEventListener("focus", () => scan.select());
  if (document.activeElement === document.body) scan.focus();
})();
