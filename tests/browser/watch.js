// Before all other scripts of a page, whatever the engine: note in `trouble` what goes wrong.
// What a script does in answer to a new size may change a size again, which is told as an error but
// is none: a figure follows its width so, and the next frame is right.
window.trouble = [];
addEventListener("error", ({ message, target }) => { // of a script; of what could not be loaded
  if (message?.startsWith("ResizeObserver loop")) return;
  trouble.push(message ?? `failed: ${target.src ?? target.href}`);
}, true);
addEventListener("unhandledrejection", ({ reason }) => trouble.push(String(reason)));
for (const level of ["warn", "error"]) {
  console[level] = (...words) => trouble.push(words.join(" "));
}
