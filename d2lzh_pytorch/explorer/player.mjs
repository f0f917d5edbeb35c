// How many steps are shown: one by one, or as a film.
import { assign, set, write } from "./elements.mjs";
import { fill } from "./words.mjs";
import { clamp } from "./plot.mjs";

const SLOWEST = 6; // steps a second
const LONGEST = 8; // seconds that a film lasts at most

export function makePlayer({ root, find, texts, state, redraw }) {
  let began = 0; // when the film began, less the time of the steps already shown; 0 if it stands
  const progress = find(".shown");
  const label = find(".play");
  const show = (step) => {
    state.shown = clamp(step, [0, state.steps]);
    redraw();
  };
  const stop = () => {
    began = 0;
    redraw();
  };
  const play = () => {
    if (matchMedia("(prefers-reduced-motion)").matches) return show(state.steps);
    if (state.shown === state.steps) show(0);
    const speed = Math.max(SLOWEST, state.steps / LONGEST) / 1000; // steps a millisecond
    began = performance.now() - state.shown / speed;
    const tick = (now) => {
      if (!began) return;
      show(Math.max(0, Math.floor((now - began) * speed)));
      if (state.shown === state.steps) stop();
      else requestAnimationFrame(tick);
    };
    return requestAnimationFrame(tick);
  };
  const draw = () => {
    const { shown, steps } = state;
    assign(progress, { max: steps, value: shown });
    set(progress, { "aria-valuetext": fill(texts.shown_at, { shown, steps }) });
    write(label, began ? texts.pause : texts.play);
  };
  bind(root, progress, { show, stop, toggle: () => (began ? stop : play)() }, state);
  return { stop, draw };
}

function bind(root, progress, { show, stop, toggle }, state) {
  root.addEventListener("click", ({ target }) => {
    const { by } = target.dataset;
    if (target.className === "play") toggle();
    else if (by) {
      stop();
      show(state.shown + Number(by));
    }
  });
  progress.addEventListener("input", () => {
    stop();
    show(progress.valueAsNumber);
  });
}
