// The mathematics of the figure against numbers that Python computed and against published ones.
// Run: node --test tests/js
import assert from "node:assert/strict";
import { test } from "node:test";

import * as mathematics from "../../d2lzh_pytorch/explorer/mathematics.mjs";
import { endpoint } from "../../d2lzh_pytorch/explorer/numbers.mjs";
import { reference } from "./files.mjs";

const settingOf = ({ eta, gamma, kappa = 20, start: [x1, x2] = [-5, -2], steps = 20 }) =>
  ({ eta, gamma, kappa, x1, x2, steps });
const run = (setting) => mathematics.trace(settingOf(setting));
const needed = (setting) => mathematics.stepsNeeded(settingOf(setting));

const close = (got, expected, what, tolerance = 1e-12) => assert.ok(
  Math.abs(got - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${what}: ${got}, ${expected}`);

test("the published endpoints", () => {
  const published = [
    [0.4, 0, "epoch 20, x1 -0.943467, x2 -0.000073"],
    [0.6, 0, "epoch 20, x1 -0.387814, x2 -1673.365109"],
    [0.4, 0.5, "epoch 20, x1 -0.062843, x2 0.001202"],
    [0.6, 0.5, "epoch 20, x1 0.007188, x2 0.002553"],
  ];
  for (const [eta, gamma, printed] of published) {
    assert.equal(endpoint(20, run({ eta, gamma })[20]), printed);
  }
});

test("every endpoint has the bits of trace_2d, and prints like it", () => {
  assert.ok(reference.settings.length > 100);
  for (const setting of reference.settings) {
    const points = run(setting);
    assert.equal(points.length, setting.steps + 1);
    assert.deepEqual(points[0], setting.start);
    assert.deepEqual(points.at(-1), setting.end);
    assert.equal(endpoint(setting.steps, points.at(-1)), setting.printed);
  }
});

test("curvatures, and f at an endpoint, are Python's", () => {
  for (const { kappa, curvatures, end, f } of reference.settings) {
    assert.deepEqual(mathematics.curvatures(kappa), curvatures);
    close(mathematics.lossAt(end, curvatures) / f, 1, "f");
  }
});

test("rates and regimes are those of theory.py", () => {
  const seen = new Set();
  for (const { eta, gamma, curvatures, rates, regimes } of reference.settings) {
    curvatures.forEach((curvature, i) => {
      close(mathematics.rate(eta, gamma, curvature), rates[i], "rate");
      assert.equal(mathematics.motion(eta, gamma, curvature), regimes[i]);
      seen.add(regimes[i]);
    });
  }
  assert.deepEqual([...seen].sort(),
    ["alternating", "critical", "diverging", "marginal", "monotone", "oscillating"]);
});

test("the borders, and how near counts as on them, are those of theory.py", () => {
  for (const { s, gamma, regime } of reference.borders) {
    assert.equal(mathematics.motion(s, gamma, 1), regime, `s ${s}, gamma ${gamma}`);
  }
});

test("alternating is what changes sides at every step", () => {
  assert.equal(mathematics.motion(0.4, 0, 4), "alternating");
  const late = run({ eta: 0.4, gamma: 0 }).map(([, x2]) => Math.sign(x2));
  assert.ok(late.slice(1).every((sign, t) => sign === -late[t]));
  assert.equal(mathematics.motion(0.2, 0, 4), "monotone");
});

test("both directions are critical at the optimum", () => {
  for (const kappa of [1.5, 20, 1000]) {
    const { eta, gamma } = mathematics.optimum(kappa);
    for (const curvature of mathematics.curvatures(kappa)) {
      assert.equal(mathematics.motion(eta, gamma, curvature), "critical");
      close(mathematics.rate(eta, gamma, curvature), Math.sqrt(gamma), "rate", 1e-7);
    }
  }
});

test("the optima are those of theory.py", () => {
  for (const { kappa, momentum, descent, critical } of reference.optima) {
    const best = mathematics.optimum(kappa);
    const slow = mathematics.optimumOfDescent(kappa);
    [[best.eta, momentum[0]], [best.gamma, momentum[1]], [slow.eta, descent[0]], [slow.gamma, 0],
      [mathematics.critical(0.6, kappa).gamma, critical],
      [mathematics.critical(0.6, kappa).eta, 0.6]].forEach((pair) => close(...pair, kappa));
  }
  const { eta, gamma } = mathematics.optimum(20);
  assert.deepEqual([eta.toFixed(6), gamma.toFixed(6)], ["0.667907", "0.402605"]);
  assert.equal(mathematics.optimumOfDescent(20).eta.toFixed(6), "0.476190");
  assert.equal(mathematics.rate(eta, gamma, 4).toFixed(6), "0.634512");
});

test("the speed is 1 at the optimum, 0 beyond the limit, and in between the gain of rate", () => {
  const speed = mathematics.speed(20);
  const { eta, gamma } = mathematics.optimum(20);
  close(speed(eta, gamma), 1, "optimum", 1e-6);
  assert.equal(speed(0.8, 0.5), 0);
  close(speed(0.4, 0), 0.08 / (1 - 0.6345119), "slower: x1", 1e-6);
  close(speed(0.49, 0), 0.04 / (1 - 0.6345119), "slower: x2", 1e-6);
});

test("the steps needed are those that a run takes", () => {
  const counts = reference.settings.filter((setting) => setting.needed !== null);
  assert.ok(counts.length > 50);
  for (const setting of counts) assert.equal(needed(setting), setting.needed);
});

test("the steps needed at the settings of the book, double roots included", () => {
  const best = mathematics.optimum(20);
  const counted = [
    [mathematics.optimumOfDescent(20), 139], [best, 38], [{ eta: 0.4, gamma: 0 }, 165],
    [{ eta: 0.4, gamma: 0.5 }, 57], [{ eta: 0.6, gamma: 0.5 }, 39],
  ];
  for (const [setting, steps] of counted) assert.equal(needed(setting), steps);
  assert.equal(needed({ ...mathematics.optimum(1000), kappa: 1000 }), 304);
  assert.equal(needed({ eta: 0.25, gamma: 0, kappa: 1 }), 1);
  assert.equal(needed({ ...best, start: [0, 0] }), 0);
});

test("patience ends at ten thousand steps", () => {
  for (const [steps, expected] of [[9998.5, 9999], [9999.5, Infinity]]) {
    const s = 1 - 1e-6 ** (1 / steps);
    assert.equal(needed({ eta: 0.01, gamma: 0, kappa: 0.04 / s, start: [3, 0] }), expected);
  }
});

test("a run that comes back is not done", () => {
  // From x1 = 1 through 0 at high speed: far below the tolerance once, and out again.
  const gamma = 0.9;
  const eta = (1 + gamma + gamma ** 2 - 1.11 * Math.sqrt(gamma)) / 4;
  const setting = { eta, gamma, kappa: 1, start: [1, 0] };
  const sizes = run({ ...setting, steps: 500 }).map(([x1]) => Math.abs(x1));
  const last = sizes.findLastIndex((size) => size > 1e-6);
  assert.equal(needed(setting), last + 1);
});
