// What the reader sets: two handles to drag, sliders with their number fields, presets.
import { assign, set } from "./elements.mjs";
import { critical, optimum, optimumOfDescent } from "./mathematics.mjs";
import { round, short } from "./numbers.mjs";
import { LEFT, TOP } from "./plot.mjs";

// A handle moves two settings: by keys in steps of `key`, by hand on a grid, so that it can find 0.
const HANDLES = {
  start: { across: "x1", up: "x2", key: 0.1, grid: 0.05 },
  setting: { across: "eta", up: "gamma", key: 0.01, grid: 0.001 },
};
const SHIFTED = 10; // keys with Shift move so much faster
const RADIUS = 22; // half a handle, in pixels

export function makeHandle(figure, name, plot) {
  const handle = figure.find(`[data-handle=${name}]`);
  const [low, high] = figure.limits[HANDLES[name].across];
  set(handle, { "aria-valuemin": low, "aria-valuemax": high });
  bindPointer(figure, handle, plot, HANDLES[name]);
  bindKeys(figure, handle, HANDLES[name]);
  return ([x, y], words) => set(handle, {
    style: `left: ${LEFT + plot.x(x)}px; top: ${TOP + plot.y(y)}px`,
    "aria-valuenow": x,
    "aria-valuetext": words,
  });
}

function bindPointer({ change }, handle, plot, { across, up, grid }) {
  let tapped = false;
  let grip = null; // while dragging: from the pointer to the handle's centre
  const move = (event, [dx, dy] = [0, 0]) => {
    const at = plot.at(event.clientX + dx, event.clientY + dy);
    const [x, y] = at.map((value) => round(Math.round(value / grid) * grid, 3));
    change({ [across]: x, [up]: y });
  };
  plot.box.addEventListener("pointerdown", (event) => {
    const onHandle = event.target === handle;
    // A finger on the plot scrolls the page; on the handle it drags.
    tapped = event.pointerType !== "mouse" && !onHandle;
    if (event.button || tapped || !event.isPrimary) return;
    if (!onHandle) move(event);
    const { x, y } = handle.getBoundingClientRect();
    grip = onHandle ? [x + RADIUS - event.clientX, y + RADIUS - event.clientY] : [0, 0];
    plot.box.setPointerCapture(event.pointerId);
    handle.focus({ preventScroll: true });
    event.preventDefault();
  });
  plot.box.addEventListener("pointermove", (event) => grip && move(event, grip));
  plot.box.addEventListener("lostpointercapture", () => {
    grip = null;
  });
  plot.box.addEventListener("click", (event) => tapped && move(event));
}

function bindKeys({ state, change }, handle, { across, up, key }) {
  const arrows = {
    ArrowLeft: [across, -1], ArrowRight: [across, 1], ArrowDown: [up, -1], ArrowUp: [up, 1],
  };
  handle.addEventListener("keydown", (event) => {
    const [name, sign] = arrows[event.key] ?? [];
    if (!name || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    change({ [name]: round(state[name] + sign * key * (event.shiftKey ? SHIFTED : 1), 6) });
  });
}

// kappa's slider is logarithmic. `digits` are those of a slider's step.
const SLIDERS = {
  eta: { digits: 3 }, gamma: { digits: 3 }, steps: { digits: 0 },
  kappa: { digits: 2, typed: 1, to: Math.log10, from: (value) => Number((10 ** value).toPrecision(3)) },
};
const same = (value) => value;

export function makeInput({ root, find, limits, state, change }, name) {
  const { digits, typed, to = same, from = same } = SLIDERS[name];
  const [low, high] = limits[name];
  const slider = find(`#${name}`);
  const number = find(`[name=${name}]`);
  const step = 10 ** -digits;
  assign(slider, { min: to(low), max: to(high), step });
  assign(number, { min: low, max: high, step: typed ?? step });
  slider.addEventListener("input", () => change({ [name]: from(slider.valueAsNumber) }));
  number.addEventListener("input", () => {
    const value = number.valueAsNumber;
    if (value >= low && value <= high) change({ [name]: value });
  });
  number.addEventListener("change", () => { // beyond the limits, or empty
    change({ [name]: Number(number.value || state[name]) });
    number.value = short(state[name]);
  });
  return () => {
    assign(slider, { value: round(to(state[name]), digits) });
    set(slider, { "aria-valuetext": short(state[name]) });
    if (root.activeElement !== number) assign(number, { value: short(state[name]) });
  };
}

const PRESETS = {
  published: (figure, [eta, gamma]) => ({ eta, gamma, kappa: 20, x1: -5, x2: -2, steps: 20 }),
  descent: ({ state }) => optimumOfDescent(state.kappa),
  optimum: ({ state }) => optimum(state.kappa),
  critical: ({ state }) => critical(state.eta, state.kappa),
  initial: ({ initial }) => initial,
};

export function bindPresets(figure, player) {
  figure.root.addEventListener("click", ({ target }) => {
    const { preset, values = null } = target.dataset;
    if (!preset) return;
    player.stop();
    figure.state.shown = figure.state.steps; // a preset shows its whole trace
    figure.change(PRESETS[preset](figure, JSON.parse(values)));
  });
}
