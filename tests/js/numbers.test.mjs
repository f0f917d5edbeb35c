// How the figure writes numbers, against what Python prints. Run: node --test tests/js
import assert from "node:assert/strict";
import { test } from "node:test";

import { endpoint, fixed, minus, round, short } from "../../d2lzh_pytorch/explorer/numbers.mjs";
import { reference } from "./files.mjs";

test("numbers print like Python's, ties, zeros and huge ones too", () => {
  assert.ok(reference.printed.length > 15);
  for (const [x, printed] of reference.printed) assert.equal(fixed(x), printed);
});

test("the line of an endpoint", () => {
  assert.equal(endpoint(7, [-0.5, 2e15]), "epoch 7, x1 -0.500000, x2 2.000000e+15");
});

test("short numbers have at most six decimals and no zeros behind", () => {
  const pairs = [
    [0.75, "0.75"], [2 / 3, "0.666667"], [20, "20"], [-5, "-5"], [1e-7, "0"], [0.0000014, "0.000001"],
  ];
  for (const [x, printed] of pairs) assert.equal(short(x), printed);
});

test("rounding and the minus sign of a tick", () => {
  assert.equal(round(1.23456, 3), 1.235);
  assert.equal(round(-1.23449, 2), -1.23);
  assert.deepEqual([-6, 0, 4].map(minus), ["−6", "0", "4"]);
});
