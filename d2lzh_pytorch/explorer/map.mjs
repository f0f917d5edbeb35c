// The (eta, gamma) map: a shade for the speed, a pattern for the kind of motion, lines for borders.
// SVG but for the shade and the patterns, which are a canvas.
import { set, svg } from "./elements.mjs";
import { borders, curvatures, optimum, optimumOfDescent, speed } from "./mathematics.mjs";
import { LEFT, TOP, count, line, makePlot } from "./plot.mjs";

const GAMMAS = count(101).map((i) => (i / 100) ** 2); // denser where the borders turn
const COLUMNS = 200;
const ROWS = 125;
const LINES = ["limit", "flat", "flat", "steep", "steep"];
const PLACES = [[0.075, 0.04], [0.32, 0.72], [0.86, 0.12]]; // of the names of the motions

// In a grey that shows on light and dark pages alike.
const PATTERNS = {
  monotone: "M3 4h2", alternating: "M0 4h8", diverging: "M-2 2l4-4M-2 10l12-12M6 10l4-4",
};

export function makeMap(find, axes, texts) {
  const plot = makePlot(find(".map .plot"), texts.map_plot, () => 0.62,
    { ...axes.eta, name: String, label: "η", hint: texts.hint_setting },
    { ...axes.gamma, name: String, label: "γ" });
  const { monotone, oscillating, diverging } = texts.motions;
  return {
    plot,
    canvas: find("canvas"),
    lines: LINES.map((name) => svg("path", { class: name }, plot.area)),
    labels: [monotone, oscillating, diverging, "★", "☆"].map((words) =>
      svg("text", { class: "middle" }, plot.area, words)),
  };
}

// Beyond the map a line is cut short: one 200 times as wide takes a frame to dash.
const near = (eta) => Math.min(eta, 2);

export function drawMap({ plot, canvas, lines, labels }, kappa) {
  const [flat, steep] = curvatures(kappa);
  paint(canvas, plot, kappa);
  [[2, steep], [0, flat], [1, flat], [0, steep], [1, steep]].forEach(([border, c], i) => {
    const points = GAMMAS.map((gamma) => [plot.x(near(borders(gamma)[border] / c)), plot.y(gamma)]);
    set(lines[i], { d: line(points) });
  });
  const best = [optimum(kappa), optimumOfDescent(kappa)].map(({ eta, gamma }) => [eta, gamma]);
  [...PLACES, ...best].forEach(([eta, gamma], i) => {
    const room = labels[i].getComputedTextLength() / 2 + 3; // a long word stays inside
    const x = Math.max(plot.x(eta), plot.x(0) + room);
    set(labels[i], { x, y: plot.y(gamma) + (gamma ? 4 : -1) });
  });
}

function paint(canvas, plot, kappa) {
  const { width, height } = plot;
  const context = canvas.getContext("2d");
  fit(canvas, width, height);
  context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.drawImage(shade(kappa), 0, 0, width, height);
  for (const [name, left, right] of regions(kappa)) {
    context.fillStyle = pattern(context, name);
    context.fill(band(plot, left, right));
  }
}

// A new size costs a new canvas: only where it changed.
function fit(canvas, width, height) {
  const pixels = [width, height].map((length) => Math.round(length * devicePixelRatio));
  if (canvas.width === pixels[0] && canvas.height === pixels[1]) return;
  [canvas.width, canvas.height] = pixels;
  set(canvas, { style: `left: ${LEFT}px; top: ${TOP}px; width: ${width}px; height: ${height}px` });
}

// The darker (of #0072b2), the faster, in ten steps up to the optimum.
function shade(kappa) {
  const speedAt = speed(kappa);
  const small = new OffscreenCanvas(COLUMNS, ROWS);
  const context = small.getContext("2d", { willReadFrequently: true });
  const image = context.createImageData(COLUMNS, ROWS);
  for (let j = 0, k = 0; j < ROWS; j++) {
    const gamma = 1 - (j + 0.5) / ROWS;
    for (let i = 0; i < COLUMNS; i++, k += 4) {
      const share = speedAt((i + 0.5) / COLUMNS, gamma);
      image.data[k + 1] = 114;
      image.data[k + 2] = 178;
      image.data[k + 3] = 21 * Math.ceil(share * 10);
    }
  }
  context.putImageData(image, 0, 0);
  return small;
}

// [pattern, left, right]: areas between two curves eta = left(gamma), right(gamma). Alternating are
// those where the steep direction is and the flat one does not oscillate.
function regions(kappa) {
  const [flat, steep] = curvatures(kappa);
  const at = (border, curvature) => (gamma) => borders(gamma)[border] / curvature;
  const limit = at(2, steep);
  const mixed = (gamma) => Math.min(limit(gamma), at(0, flat)(gamma));
  return [
    ["diverging", limit, () => 1],
    ["monotone", () => 0, at(0, steep)],
    ["alternating", at(1, steep), mixed],
    ["alternating", at(1, flat), limit],
  ];
}

function band(plot, left, right) {
  const go = GAMMAS.map((g) => [plot.x(near(left(g))), plot.y(g)]);
  const back = GAMMAS.map((g) => [plot.x(near(Math.max(left(g), right(g)))), plot.y(g)]).reverse();
  const path = new Path2D();
  for (const [x, y] of [...go, ...back]) path.lineTo(x, y);
  return path;
}

const tiles = {};

function pattern(context, name) {
  tiles[name] ??= makeTile(name);
  return context.createPattern(tiles[name], "repeat");
}

function makeTile(name) {
  const tile = new OffscreenCanvas(8, 8);
  const pen = tile.getContext("2d");
  pen.strokeStyle = "#808080cc";
  pen.lineWidth = name === "monotone" ? 2 : 1;
  pen.stroke(new Path2D(PATTERNS[name]));
  return tile;
}
