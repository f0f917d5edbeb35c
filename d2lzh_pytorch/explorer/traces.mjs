// The bowl with its contours and traces, and the curves of f beside it.
import { set, svg } from "./elements.mjs";
import { curvatures, lossAt } from "./mathematics.mjs";
import { minus } from "./numbers.mjs";
import { clamp, count, dots, line, makePlot } from "./plot.mjs";

const FAR = [-1e3, 1e3]; // as far as SVG is asked to draw
const CONTOURS = 10;
const MANY = 60; // from here on, f is drawn without dots

export function makeTraces(find, axes, texts, state) {
  const bowl = makePlot(find(".trace .plot"), texts.trace_plot, () => 0.6,
    { ...axes.x1, name: minus, label: "x₁", hint: texts.hint_start },
    { ...axes.x2, name: minus, label: "x₂" });
  const losses = makePlot(find(".loss .plot"), texts.loss_plot,
    () => (losses.width > bowl.width * 0.9 ? 0.5 : bowl.height / losses.width),
    { ...axes.share_of_steps, name: (share) => String(share * state.steps), label: "t" },
    { ...axes.log10_f, name: (power) => `1e${power}`, label: "f" });
  const contours = count(CONTOURS).map(() => svg("ellipse", {}, bowl.area));
  const methods = ["descent", "momentum"].map((name) => [name, makeParts(bowl, losses, name)]);
  const head = svg("circle", { class: "head", r: 7 }, bowl.area);
  const [low, high] = axes.log10_f.range;
  const corner = [axes.x1.range[0], axes.x2.range[0]];
  return { bowl, losses, contours, head, corner, tall: [low - 4, high + 4],
    parts: Object.fromEntries(methods) };
}

const makeParts = (bowl, losses, name) =>
  [bowl, losses].flatMap((plot) =>
    [name, `${name} dots`].map((style) => svg("path", { class: style }, plot.area)));

export function drawContours({ bowl, contours, corner }, kappa) {
  const lambdas = curvatures(kappa);
  const top = lossAt(corner, lambdas);
  const cx = bowl.x(0);
  const cy = bowl.y(0);
  contours.forEach((ellipse, i) => {
    const [r1, r2] = lambdas.map((c) => Math.sqrt((2 * top) / c) * ((i + 1) / (CONTOURS + 1)));
    set(ellipse, { cx, cy, rx: bowl.x(r1) - cx, ry: cy - bowl.y(r2) });
  });
}

// `runs` are those on show, { name, points }; the head is on the last.
export function drawTraces(traces, state, runs) {
  for (const [name, parts] of Object.entries(traces.parts)) {
    const run = runs.find((one) => one.name === name);
    if (run) drawRun(traces, state, parts, run.points.slice(0, state.shown + 1));
    else for (const part of parts) set(part, { d: "" });
  }
}

function drawRun({ bowl, losses, head, tall }, { kappa, steps }, parts, points) {
  const lambdas = curvatures(kappa);
  const onBowl = points.map(([x1, x2]) => [bowl.x(clamp(x1, FAR)), bowl.y(clamp(x2, FAR))]);
  const onLoss = points.map((point, t) =>
    [losses.x(t / steps), losses.y(clamp(Math.log10(lossAt(point, lambdas)), tall))]);
  const drawn = [line(onBowl), dots(onBowl), line(onLoss), steps > MANY ? "" : dots(onLoss)];
  drawn.forEach((d, i) => set(parts[i], { d }));
  const [cx, cy] = onBowl.at(-1);
  set(head, { cx, cy });
}
