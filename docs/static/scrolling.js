/* global BOOK_WORDS */
// What scrolls sideways can be reached from the keyboard, says which part of the page it is, and
// fades where more follows (data-more, in scrolling.css). Its words come from words.js.

const KINDS = {
  ".katex-display": BOOK_WORDS.scroll_formula,
  ".cell_output:has(img)": BOOK_WORDS.scroll_figure,
  ".cell_output:has(table), .table-wrapper": BOOK_WORDS.scroll_table,
  ".cell_output pre": BOOK_WORDS.scroll_output,
  "pre:not(.cell_output pre)": BOOK_WORDS.scroll_code,
};

// A number that the book gives goes before a count: the caption stands after a figure, and before
// a table.
function numbered(part) {
  const tag = part.querySelector(".katex-html > .tag");
  if (tag) return BOOK_WORDS.scroll_tag.replace("{tag}", tag.textContent);
  const shown = part.querySelector("img, table")?.tagName;
  if (!shown) return "";
  const block = part.closest(".cell, .table-wrapper");
  const near = shown === "IMG" ? block.nextElementSibling : block.previousElementSibling;
  const caption = near?.querySelector("strong")?.textContent ?? "";
  return /^(?:图|表|Figure|Table) \d/.test(caption) ? caption : "";
}

function showMore(part) {
  const before = part.scrollLeft > 1;
  const after = part.scrollLeft < part.scrollWidth - part.clientWidth - 1;
  part.dataset.more = [before && "left", after && "right"].filter(Boolean).join(" ");
}

function mark(part) {
  if (part.scrollWidth > part.clientWidth + 1) {
    part.tabIndex = 0;
    part.setAttribute("role", "group");
    part.setAttribute("aria-label", BOOK_WORDS.scroll_part.replace("{name}", part.dataset.name));
    showMore(part);
  } else {
    for (const name of ["tabindex", "role", "aria-label", "data-more"]) part.removeAttribute(name);
  }
}

const sizes = new ResizeObserver((entries) => entries.forEach((entry) => mark(entry.target)));
const parts = [];
for (const [selector, name] of Object.entries(KINDS)) {
  document.querySelectorAll(`article :is(${selector})`).forEach((part, index) => {
    part.dataset.name = numbered(part) || name.replace("{n}", index + 1);
    part.addEventListener("scroll", () => showMore(part), { passive: true });
    sizes.observe(part);
    parts.push(part);
  });
}
// Fonts that come late change what is inside, not the part.
document.fonts.ready.then(() => parts.forEach(mark));
