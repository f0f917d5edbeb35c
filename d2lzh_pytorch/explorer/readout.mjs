// What the figure tells in words: where the runs end, what becomes of them, the table, the status.
import { write } from "./elements.mjs";
import { curvatures, lossAt, motion, rate } from "./mathematics.mjs";
import { endpoint, short } from "./numbers.mjs";
import { clamp } from "./plot.mjs";
import { fill, verdict } from "./words.mjs";

export function makeReadout(root, texts, limits) {
  const rowsOf = (style) => Object.fromEntries([...root.querySelectorAll(`.${style} [data-row]`)]
    .map((row) => [row.dataset.row, row]));
  const cells = [...root.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td")]);
  const status = root.querySelector("[role=status]");
  // The view stays as it is: what diverges leaves it, and is counted.
  const outside = ([x1, x2]) => clamp(x1, limits.x1) !== x1 || clamp(x2, limits.x2) !== x2;
  return { texts, outside, cells, status, ends: rowsOf("ends"), verdicts: rowsOf("verdicts"), telling: 0 };
}

export function tell(readout, state, runs) {
  const ends = tellRows(readout.ends, runs, ({ points }) => {
    const f = lossAt(points[state.shown], curvatures(state.kappa)).toPrecision(3);
    return { words: `${endpoint(state.shown, points[state.shown])}, f\u00a0${f}` };
  });
  const verdicts = tellRows(readout.verdicts, runs, ({ setting, points }) =>
    verdict(readout.texts, setting, points.filter(readout.outside).length));
  tellDirections(readout, state);
  const { say_end: sayEnd, say_verdict: sayVerdict } = readout.texts;
  announce(readout, [...ends.map((row) => fill(sayEnd, row)),
    ...verdicts.map((row) => fill(sayVerdict, row))].join(""));
}

// A method's name stands before its sentence only where there are two.
function tellRows(rows, runs, wordsOf) {
  const told = [];
  for (const [name, row] of Object.entries(rows)) {
    const run = runs.find((one) => one.name === name);
    row.hidden = !run;
    if (!run) continue;
    const { kind, words } = wordsOf(run);
    const method = row.querySelector("b");
    if (kind) method.hidden = runs.length === 1;
    if (kind) row.classList.toggle("diverging", kind === "diverging");
    write(row.querySelector("span"), words);
    told.push({ name: method.textContent, words });
  }
  return told;
}

function tellDirections({ cells, texts }, { eta, gamma, kappa }) {
  curvatures(kappa).forEach((curvature, i) => {
    const words = [short(curvature), rate(eta, gamma, curvature).toFixed(6),
      texts.motions[motion(eta, gamma, curvature)]];
    words.forEach((text, column) => write(cells[i][column], text));
  });
}

// A screen reader is told once, when the reader pauses.
function announce(readout, words) {
  clearTimeout(readout.telling);
  readout.telling = setTimeout(() => write(readout.status, words), 500);
}
