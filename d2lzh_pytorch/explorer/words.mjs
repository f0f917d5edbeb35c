// What a setting does, in words. `texts` is the catalogue of one language.
import { PATIENCE, STEEP, curvatures, motion, rate, stepsNeeded } from "./mathematics.mjs";
import { short } from "./numbers.mjs";

const NAMES = ["x₁", "x₂"];

// "{name}" in a text of the catalogue becomes values.name.
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// Per direction: its name, motion and rate, and whether the start leaves it at rest.
function directionsOf({ eta, gamma, kappa, x1, x2 }) {
  return curvatures(kappa).map((curvature, i) => ({
    name: NAMES[i],
    motion: motion(eta, gamma, curvature),
    rate: rate(eta, gamma, curvature),
    still: [x1, x2][i] === 0,
  }));
}

const KINDS = ["diverging", "marginal"]; // the first that a direction has is the whole's

function outcome(directions) {
  return KINDS.find((kind) => directions.some((d) => d.motion === kind)) ?? "converging";
}

// Growing and resting on the limit: the steeper direction always does, the other may.
function told(texts, kind, { gamma }, directions) {
  const limit = short((2 + 2 * gamma) / STEEP);
  const both = directions.every((d) => d.motion === kind) ? "both" : "one";
  const [rate1, rate2] = directions.map((d) => short(d.rate));
  return fill(texts[`${kind}_${both}`], { limit, rate1, rate2 });
}

function converging(texts, setting, directions) {
  const moving = directions.filter((d) => !d.still);
  const of = moving.length ? moving : directions;
  const worst = of.reduce((a, b) => (b.rate > a.rate ? b : a));
  const alike = of.every((d) => worst.rate - d.rate < 1e-6);
  const pace = of.length === 1 ? "pace_one" : alike ? "pace_alike" : "pace_slow";
  const steps = stepsNeeded(setting);
  const need = steps === Infinity ? "steps_more" : "steps_needed";
  const count = moving.length ? fill(texts[need], { steps: Math.min(steps, PATIENCE) }) : "";
  const words = fill(texts[pace], { rate: short(worst.rate), direction: worst.name });
  return fill(texts.converging, { words, count });
}

// A start with a zero coordinate hides what that direction would do.
function atRest(texts, kind, directions) {
  const still = directions.filter((d) => d.still);
  if (still.length === 2) return texts[kind === "diverging" ? "rest_unsafe" : "rest"];
  return still.map((d) =>
    fill(texts[d.motion === "diverging" ? "still_unsafe" : "still"], { direction: d.name })).join("");
}

// { kind: "converging" | "marginal" | "diverging", words }; `outside` counts the points out of view.
export function verdict(texts, setting, outside) {
  const directions = directionsOf(setting);
  const kind = outcome(directions);
  const first = kind === "converging"
    ? converging(texts, setting, directions)
    : told(texts, kind, setting, directions);
  const beyond = outside ? fill(texts.outside, { count: outside }) : "";
  return { kind, words: first + atRest(texts, kind, directions) + beyond };
}
