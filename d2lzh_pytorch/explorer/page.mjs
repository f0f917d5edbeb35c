// One figure on a page: its state, and the frame in which a change of it is drawn. Everything lives
// in a shadow root, so that neither the page's styles nor a second figure can get in.
import { bindPresets, makeHandle, makeInput } from "./controls.mjs";
import { assign, write } from "./elements.mjs";
import { drawMap, makeMap } from "./map.mjs";
import { markup } from "./markup.mjs";
import { trace } from "./mathematics.mjs";
import { short } from "./numbers.mjs";
import { makePlayer } from "./player.mjs";
import { clamp } from "./plot.mjs";
import { makeReadout, tell } from "./readout.mjs";
import { drawContours, drawTraces, makeTraces } from "./traces.mjs";
import { fill } from "./words.mjs";

export function explore(host, style) {
  const { initial, limits, axes, texts } = JSON.parse(host.dataset.settings);
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML = markup(texts, style);
  const find = (selector) => root.querySelector(selector);
  const state = { ...initial, shown: initial.steps };
  const traces = makeTraces(find, axes, texts, state);
  const figure = { root, find, texts, initial, limits, state, traces, waiting: false, ground: "" };
  figure.redraw = () => {
    if (!figure.waiting) requestAnimationFrame(() => draw(figure));
    figure.waiting = true;
  };
  figure.change = (part) => change(figure, part);
  figure.map = makeMap(find, axes, texts);
  figure.readout = makeReadout(root, texts, limits);
  figure.place = { start: makeHandle(figure, "start", traces.bowl),
    setting: makeHandle(figure, "setting", figure.map.plot) };
  figure.inputs = ["eta", "gamma", "kappa", "steps"].map((name) => makeInput(figure, name));
  figure.player = makePlayer(figure);
  bindPresets(figure, figure.player);
  figure.drawCompare = makeCompare(figure);
  watchWidth(figure);
}

function change({ state, limits, traces, redraw }, part) {
  const { steps } = state;
  const atEnd = state.shown === steps;
  for (const [name, value] of Object.entries(part)) {
    state[name] = limits[name] ? clamp(value, limits[name]) : value;
  }
  state.steps = Math.round(state.steps);
  if (atEnd || state.shown > state.steps) state.shown = state.steps;
  if (state.steps !== steps) traces.losses.layout(); // its axis counts the steps
  redraw();
}

// The runs on show, the one that the settings describe last.
function runsOf(state) {
  const descent = { ...state, gamma: 0 };
  const runs = state.gamma ? [{ name: "momentum", setting: state }] : [];
  if (state.compare || !state.gamma) runs.unshift({ name: "descent", setting: descent });
  return runs.map((run) => ({ ...run, points: trace(run.setting) }));
}

function draw(figure) {
  figure.waiting = false;
  const { state, texts, traces, place } = figure;
  drawGround(figure);
  const runs = runsOf(state);
  drawTraces(traces, state, runs);
  tell(figure.readout, state, runs);
  const { x1, x2, eta, gamma } = state;
  place.start([x1, x2], fill(texts.start_at, { x1: short(x1), x2: short(x2) }));
  place.setting([eta, gamma], fill(texts.setting_at, { eta: short(eta), gamma: short(gamma) }));
  for (const drawInput of figure.inputs) drawInput();
  figure.player.draw();
  figure.drawCompare();
}

// Gradient descent beside momentum; without momentum there is nothing to add.
function makeCompare({ find, texts, state, change: changeTo }) {
  const box = find("[type=checkbox]");
  const label = find(".compare");
  box.addEventListener("change", () => changeTo({ compare: box.checked }));
  return () => {
    assign(box, { checked: state.compare, disabled: !state.gamma });
    write(label, state.gamma ? texts.compare : texts.compare_same);
  };
}

// What changes with kappa and the size only.
function drawGround(figure) {
  const { kappa } = figure.state;
  const key = [kappa, figure.traces.bowl.width, devicePixelRatio].join();
  if (key === figure.ground) return;
  figure.ground = key;
  drawContours(figure.traces, kappa);
  drawMap(figure.map, kappa);
}

function watchWidth(figure) {
  const { bowl, losses } = figure.traces;
  let width = 0;
  new ResizeObserver(() => {
    if ([0, width].includes(bowl.box.clientWidth)) return; // hidden, or only higher
    width = bowl.box.clientWidth;
    for (const plot of [bowl, losses, figure.map.plot]) plot.layout();
    draw(figure);
  }).observe(bowl.box);
}
