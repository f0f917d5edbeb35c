// What scrolls sideways can be reached from the keyboard, and says what it is.
function markScrollers() {
  const parts = "pre, .cell_output, .katex-display, .table-wrapper";
  for (const part of document.querySelectorAll(`article :is(${parts})`)) {
    const scrolls = part.scrollWidth > part.clientWidth;
    if (scrolls) {
      part.tabIndex = 0;
      part.setAttribute("role", "region");
      part.setAttribute("aria-label", "可左右滚动");
    } else if (part.getAttribute("aria-label") === "可左右滚动") {
      for (const name of ["tabindex", "role", "aria-label"]) part.removeAttribute(name);
    }
  }
}
addEventListener("load", markScrollers);
addEventListener("resize", markScrollers);
