// What the figure says of a setting. Run: node --test tests/js
import assert from "node:assert/strict";
import { test } from "node:test";

import { optimum } from "../../d2lzh_pytorch/explorer/mathematics.mjs";
import { fill, verdict } from "../../d2lzh_pytorch/explorer/words.mjs";
import { english, texts } from "./files.mjs";

const told = (setting, outside = 0) =>
  verdict(texts, { kappa: 20, x1: -5, x2: -2, ...setting }, outside);
const is = (setting, kind, words, outside = 0) =>
  assert.deepEqual(told(setting, outside), { kind, words });

test("a text is filled in by name", () => {
  assert.equal(fill("{a} 和 {b}，{a}", { a: 1, b: "x" }), "1 和 x，1");
});

test("converging: the rate, the slower direction, the steps", () => {
  is({ eta: 0.4, gamma: 0 }, "converging",
    "收敛：长远看，误差每步剩下 0.92 倍，慢的是 x₁ 方向；缩小到百万分之一要 165 步。");
  is({ eta: 0.49, gamma: 0 }, "converging",
    "收敛：长远看，误差每步剩下 0.96 倍，慢的是 x₂ 方向；缩小到百万分之一要 315 步。");
  is({ eta: 0.6, gamma: 0.5 }, "converging",
    "收敛：长远看，误差每步剩下 0.707107 倍，两个方向一样快；缩小到百万分之一要 39 步。");
  is({ eta: 0.25, gamma: 0, kappa: 1 }, "converging",
    "收敛：长远看，误差每步剩下 0 倍，两个方向一样快；缩小到百万分之一要 1 步。");
});

test("converging at the optimum, where the rate alone promises 31 steps", () => {
  assert.match(told(optimum(20)).words, /0\.634512 倍，两个方向一样快；.*要 38 步。$/);
  assert.match(told({ ...optimum(1000), kappa: 1000 }).words, /要 304 步。$/);
});

test("directions as fast to six digits are alike, others are not", () => {
  const nearly = (lead) => told({ eta: 2 / 4.2 + lead, gamma: 0 }).words;
  assert.match(nearly(2.35e-7), /一样快/); // the rates differ by 9.87e-7
  assert.match(nearly(2.42e-7), /慢的是 x₂/);
  assert.match(nearly(-2.42e-7), /慢的是 x₁/);
});

test("converging slowly: more than can be counted", () => {
  is({ eta: 0.001, gamma: 0, kappa: 1000 }, "converging",
    "收敛：长远看，误差每步剩下 0.999996 倍，慢的是 x₁ 方向；缩小到百万分之一要 10000 步以上。");
});

test("diverging in one direction, with the points that are out of sight", () => {
  is({ eta: 0.6, gamma: 0 }, "diverging",
    "发散：学习率超过了稳定上限 0.5，x₂ 方向每步放大到 1.4 倍。全程有 19 个点在画面之外。", 19);
  is({ eta: 0.8, gamma: 0.5 }, "diverging",
    "发散：学习率超过了稳定上限 0.75，x₂ 方向每步放大到 1.321699 倍。");
});

test("diverging in both directions", () => {
  is({ eta: 1, gamma: 0, kappa: 1.5 }, "diverging",
    "发散：学习率超过了稳定上限 0.5，x₁ 方向每步放大到 1.666667 倍，x₂ 方向每步放大到 3 倍。");
});

test("x₁ exactly on its limit while x₂ diverges", () => {
  is({ eta: 0.75, gamma: 0, kappa: 1.5 }, "diverging",
    "发散：学习率超过了稳定上限 0.5，x₂ 方向每步放大到 2 倍。");
});

test("on the limit nothing converges and nothing diverges", () => {
  is({ eta: 0.75, gamma: 0.5 }, "marginal", "学习率正好是稳定上限 0.75：x₂ 方向既不收敛，也不发散。");
  is({ eta: 0.55, gamma: 0.1 }, "marginal", "学习率正好是稳定上限 0.55：x₂ 方向既不收敛，也不发散。");
  is({ eta: 0.5, gamma: 0, kappa: 1 }, "marginal",
    "学习率正好是稳定上限 0.5：两个方向都既不收敛，也不发散。");
});

test("a start with x₂ = 0 leaves that direction alone at rest", () => {
  is({ eta: 0.6, gamma: 0, x2: 0 }, "diverging",
    "发散：学习率超过了稳定上限 0.5，x₂ 方向每步放大到 1.4 倍。起点恰好在 x₂ = 0，这个方向才不动；稍有偏离就会放大。");
  is({ eta: 0.4, gamma: 0, x2: 0 }, "converging",
    "收敛：长远看，x₁ 方向的误差每步剩下 0.92 倍；缩小到百万分之一要 166 步。起点恰好在 x₂ = 0，这个方向一直不动。");
  is({ eta: 0.75, gamma: 0.5, x2: 0 }, "marginal",
    "学习率正好是稳定上限 0.75：x₂ 方向既不收敛，也不发散。起点恰好在 x₂ = 0，这个方向一直不动。");
});

test("a start with x₁ = 0 likewise", () => {
  is({ eta: 0.4, gamma: 0, x1: 0 }, "converging",
    "收敛：长远看，x₂ 方向的误差每步剩下 0.6 倍；缩小到百万分之一要 28 步。起点恰好在 x₁ = 0，这个方向一直不动。");
  is({ eta: 0.6, gamma: 0, x1: 0 }, "diverging",
    "发散：学习率超过了稳定上限 0.5，x₂ 方向每步放大到 1.4 倍。起点恰好在 x₁ = 0，这个方向一直不动。");
});

test("a start at the lowest point", () => {
  is({ eta: 0.4, gamma: 0, x1: 0, x2: 0 }, "converging",
    "收敛：长远看，误差每步剩下 0.92 倍，慢的是 x₁ 方向。起点恰好是最小值点，一直不动。");
  is({ eta: 0.6, gamma: 0, x1: 0, x2: 0 }, "diverging",
    "发散：学习率超过了稳定上限 0.5，x₂ 方向每步放大到 1.4 倍。起点恰好是最小值点，才不动；稍有偏离就会放大。");
});

test("in English, sentence by sentence", () => {
  const say = (setting, outside = 0) =>
    verdict(english, { kappa: 20, x1: -5, x2: -2, ...setting }, outside).words;
  assert.equal(say({ eta: 0.6, gamma: 0.5 }),
    "Converges: in the long run each step leaves 0.707107 of the error, alike in both directions;"
    + " steps down to a millionth: 39.");
  assert.equal(say({ eta: 0.6, gamma: 0 }, 19),
    "Diverges: the learning rate is above the stability limit 0.5; each step multiplies x₂ by 1.4."
    + " Points of the run outside the picture: 19.");
  assert.equal(say({ eta: 0.5, gamma: 0, x1: 0 }),
    "The learning rate is exactly the stability limit 0.5: x₂ neither converges nor diverges."
    + " The start has x₁ = 0 exactly, so this direction never moves.");
});
