// The mathematics of explorer.js against numbers that Python computed (reference.json) and against
// published ones. Run: node --test tests/js
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

const require = createRequire(import.meta.url);
const explorer = require("../../d2lzh_pytorch/explorer.js");
const reference = JSON.parse(readFileSync(new URL("reference.json", import.meta.url), "utf-8"));

const run = ({ eta, gamma, kappa = 20, start: [x1, x2] = [-5, -2], steps = 20 }) =>
  explorer.trace({ eta, gamma, kappa, x1, x2, steps });

const close = (got, expected, what, tolerance = 1e-12) =>
  assert.ok(Math.abs(got - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${what}: ${got}, ${expected}`);

test("the published endpoints", () => {
  const published = [
    [0.4, 0, "epoch 20, x1 -0.943467, x2 -0.000073"],
    [0.6, 0, "epoch 20, x1 -0.387814, x2 -1673.365109"],
    [0.4, 0.5, "epoch 20, x1 -0.062843, x2 0.001202"],
    [0.6, 0.5, "epoch 20, x1 0.007188, x2 0.002553"],
  ];
  for (const [eta, gamma, printed] of published) {
    assert.equal(explorer.endpoint(20, run({ eta, gamma })[20]), printed);
  }
});

test("every endpoint has the bits of trace_2d, and prints like it", () => {
  assert.ok(reference.settings.length > 100);
  for (const setting of reference.settings) {
    const points = run(setting);
    assert.equal(points.length, setting.steps + 1);
    assert.deepEqual(points.at(-1), setting.end);
    assert.equal(explorer.endpoint(setting.steps, points.at(-1)), setting.printed);
  }
});

test("rates and regimes are those of theory.py", () => {
  const seen = new Set();
  for (const { eta, gamma, kappa, rates, regimes } of reference.settings) {
    explorer.curvatures(kappa).forEach((curvature, i) => {
      close(explorer.rate(eta, gamma, curvature), rates[i], "rate");
      const motion = explorer.motion(eta, gamma, curvature);
      seen.add(motion);
      // theory.py calls all kinds of real eigenvalues monotone.
      const real = motion === "alternating" || motion === "critical";
      assert.equal(real ? "monotone" : motion, regimes[i]);
    });
  }
  assert.deepEqual([...seen].sort(), ["alternating", "critical", "diverging", "monotone", "oscillating"]);
});

test("alternating is what changes sides at every step", () => {
  assert.equal(explorer.motion(0.4, 0, 4), "alternating");
  const late = run({ eta: 0.4, gamma: 0 }).map(([, x2]) => Math.sign(x2));
  assert.ok(late.slice(1).every((sign, t) => sign === -late[t]));
  assert.equal(explorer.motion(0.2, 0, 4), "monotone");
});

test("both directions are critical at the optimum", () => {
  for (const kappa of [1.5, 20, 1000]) {
    const { eta, gamma } = explorer.optimum(kappa);
    for (const curvature of explorer.curvatures(kappa)) {
      assert.equal(explorer.motion(eta, gamma, curvature), "critical");
      close(explorer.rate(eta, gamma, curvature), Math.sqrt(gamma), "rate", 1e-7);
    }
  }
});

test("the optima are those of theory.py", () => {
  for (const { kappa, momentum, descent, critical } of reference.optima) {
    const [best, slow] = [explorer.optimum(kappa), explorer.optimumOfDescent(kappa)];
    [[best.eta, momentum[0]], [best.gamma, momentum[1]], [slow.eta, descent[0]], [slow.gamma, 0],
      [explorer.critical(0.6, kappa).gamma, critical]].forEach((pair) => close(...pair, kappa));
  }
  const { eta, gamma } = explorer.optimum(20);
  assert.deepEqual([eta.toFixed(6), gamma.toFixed(6)], ["0.667907", "0.402605"]);
  assert.equal(explorer.optimumOfDescent(20).eta.toFixed(6), "0.476190");
  assert.equal(explorer.rate(eta, gamma, 4).toFixed(6), "0.634512");
});

test("numbers print like Python's, ties and zeros too", () => {
  for (const [x, printed] of reference.printed) assert.equal(explorer.fixed(x), printed);
});

test("the verdict tells what happens", () => {
  const told = (eta, gamma, outside = 0) => explorer.verdict({ eta, gamma, kappa: 20 }, outside);
  assert.match(told(0.6, 0, 19), /^发散.*界限 0\.5.*1\.4 倍.*19 个点/);
  assert.match(told(0.75, 0.5), /正好是稳定的界限 0\.75/);
  assert.match(told(0.55, 0.1), /正好是稳定的界限 0\.55/);
  assert.match(told(0.4, 0), /^收敛.*0\.92 倍，慢的是 x₁ 方向.*166 步/);
  assert.match(told(0.6, 0.5), /^收敛.*0\.707107 倍，两个方向一样快/);
  assert.match(explorer.verdict({ eta: 0.25, gamma: 0, kappa: 1 }, 0), /^收敛.*0 倍，两个方向一样快。$/);
});
