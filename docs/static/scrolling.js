// What scrolls sideways can be reached from the keyboard, says which part of the page it is, and
// fades where more follows (data-more, in scrolling.css).

const KINDS = {
  ".katex-display": (n) => `第 ${n} 个公式`,
  ".cell_output:has(img)": (n) => `第 ${n} 幅图`,
  ".cell_output:has(table), .table-wrapper": (n) => `第 ${n} 张表`,
  ".cell_output pre": (n) => `第 ${n} 段输出`,
  "pre:not(.cell_output pre)": (n) => `第 ${n} 段代码`,
};

// A number that the book gives goes before a count: the caption stands after a figure, and before
// a table.
function numbered(part) {
  const tag = part.querySelector(".katex-html > .tag");
  if (tag) return `式 ${tag.textContent}`;
  const shown = part.querySelector("img, table")?.tagName;
  if (!shown) return "";
  const block = part.closest(".cell, .table-wrapper");
  const near = shown === "IMG" ? block.nextElementSibling : block.previousElementSibling;
  const caption = near?.querySelector("strong")?.textContent ?? "";
  return /^[图表] \d/.test(caption) ? caption : "";
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
    part.setAttribute("aria-label", `${part.dataset.name}，可左右滚动`);
    showMore(part);
  } else {
    for (const name of ["tabindex", "role", "aria-label", "data-more"]) part.removeAttribute(name);
  }
}

const sizes = new ResizeObserver((entries) => entries.forEach((entry) => mark(entry.target)));
const parts = [];
for (const [selector, name] of Object.entries(KINDS)) {
  document.querySelectorAll(`article :is(${selector})`).forEach((part, index) => {
    part.dataset.name = numbered(part) || name(index + 1);
    part.addEventListener("scroll", () => showMore(part), { passive: true });
    sizes.observe(part);
    parts.push(part);
  });
}
// Fonts that come late change what is inside, not the part.
document.fonts.ready.then(() => parts.forEach(mark));
