// The interactive figure of explore_momentum: a trace on its bowl, linked to the (eta, gamma) map.
//
// explorer.py puts this file behind each figure, with the settings in the figure's data-settings;
// Node's tests require() it. Everything lives in a shadow root, so that neither the page's styles
// nor a second figure can get in.
(() => {
"use strict";

// ---- 1. The mathematics. f(x) = (flat x1^2 + steep x2^2) / 2 with steep / flat = kappa. ----

const STEEP = 4;
const curvatures = (kappa) => [STEEP / kappa, STEEP];
const lossAt = ([x1, x2], [flat, steep]) => (flat * x1 * x1 + steep * x2 * x2) / 2;

// v <- gamma v + eta lambda x, x <- x - v, v = 0 at first: operation by operation as the
// notebooks write it, so that every bit is the same.
function trace({ eta, gamma, kappa, x1, x2, steps }) {
  const [flat, steep] = curvatures(kappa);
  const points = [[x1, x2]];
  for (let t = 0, v1 = 0, v2 = 0; t < steps; t++) {
    v1 = gamma * v1 + eta * flat * x1;
    v2 = gamma * v2 + eta * steep * x2;
    x1 -= v1;
    x2 -= v2;
    points.push([x1, x2]);
  }
  return points;
}

// Spectral radius of [[gamma, s], [-gamma, 1 - s]], s = eta lambda: the asymptotic factor a step.
function rate(eta, gamma, curvature) {
  const sum = 1 + gamma - eta * curvature;
  const inside = sum * sum - 4 * gamma;
  return inside < 0 ? Math.sqrt(gamma) : (Math.abs(sum) + Math.sqrt(inside)) / 2;
}

// The borders in s between monotone, oscillating, alternating and diverging motion.
function borders(gamma) {
  const root = Math.sqrt(gamma);
  return [(1 - root) ** 2, (1 + root) ** 2, 2 + 2 * gamma];
}

function motion(eta, gamma, curvature) {
  const s = eta * curvature;
  const [critical, alternating, limit] = borders(gamma);
  if (!(s > 0 && s < limit)) return "diverging";
  if (Math.min(Math.abs(s - critical), Math.abs(s - alternating)) < 1e-9) return "critical";
  if (s <= critical) return "monotone";
  return s < alternating ? "oscillating" : "alternating";
}

function optimum(kappa) {
  const [low, high] = curvatures(kappa).map(Math.sqrt);
  return { eta: (2 / (low + high)) ** 2, gamma: ((high - low) / (high + low)) ** 2 };
}

const optimumOfDescent = (kappa) => ({ eta: 2 / (STEEP / kappa + STEEP), gamma: 0 });

// Critical damping of the flat direction.
const critical = (eta, kappa) => ({ eta, gamma: (1 - Math.sqrt((eta * STEEP) / kappa)) ** 2 });

// ---- 2. Words and numbers ----

// Python's f"{x:f}" and, from 1e15 on, f"{x:.6e}". toFixed is exact like Python, but rounds a
// tie up where Python goes to the even digit; ties at six digits are odd multiples of 1/128.
function fixed(x) {
  const size = Math.abs(x);
  const sign = x < 0 || Object.is(x, -0) ? "-" : "";
  if (size >= 1e15) return x.toExponential(6);
  if ((size * 128) % 2 !== 1) return sign + size.toFixed(6);
  const millionths = (BigInt(size * 128) * 15625n) / 2n;
  const digits = String(millionths + (millionths % 2n)).padStart(7, "0");
  return `${sign}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

const round = (x, digits) => Number(x.toFixed(digits));
const short = (x) => String(round(x, 6));
const minus = (x) => String(x).replace("-", "−");
const endpoint = (t, [x1, x2]) => `epoch ${t}, x1 ${fixed(x1)}, x2 ${fixed(x2)}`;

const MOTIONS = {
  monotone: "单调", oscillating: "摆动", alternating: "步步变号", diverging: "发散", critical: "临界",
};

function verdict({ eta, gamma, kappa, x2 }, outside) {
  const rates = curvatures(kappa).map((c) => rate(eta, gamma, c));
  const worst = Math.max(...rates);
  const limit = short((2 + 2 * gamma) / STEEP);
  const still = x2 === 0 ? "起点恰好在 x₂ = 0，才不动。" : "";
  const beyond = outside ? `全程有 ${outside} 个点在画面之外。` : "";
  if (Math.abs(eta * STEEP - 2 - 2 * gamma) < 1e-12) {
    return `学习率正好是稳定的界限 ${limit}：x₂ 方向既不收敛，也不发散。${beyond}`;
  }
  if (worst >= 1) {
    return `发散：学习率超过了稳定的界限 ${limit}，x₂ 方向每步放大到 ${short(worst)} 倍。${still}${beyond}`;
  }
  const lead = rates[0] - rates[1];
  const slow = Math.abs(lead) < 1e-6 ? "两个方向一样快" : `慢的是 x${lead > 0 ? "₁" : "₂"} 方向`;
  const needed = Math.ceil(Math.log(1e-6) / Math.log(worst));
  const count = worst > 0 ? `，照此缩小到百万分之一约要 ${needed} 步` : "";
  return `收敛：长远看，误差每步剩下 ${short(worst)} 倍，${slow}${count}。${beyond}`;
}

if (typeof document === "undefined") {
  module.exports = {
    trace, rate, motion, optimum, optimumOfDescent, critical, curvatures, fixed, endpoint, verdict,
  };
  return;
}

// ---- 3. Drawing: SVG in the page's own colours; only the shade of the map is a canvas. ----

const FAR = [-1e3, 1e3]; // as far as SVG is asked to draw
const [LEFT, RIGHT, TOP, BOTTOM] = [52, 10, 8, 36]; // margins of a plot, in pixels

const clamp = (x, [low, high]) => Math.min(Math.max(x, low), high);
const range = (n) => Array.from({ length: n }, (_, i) => i);

function set(element, attributes) {
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
}

function svg(name, attributes, parent, text = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  set(element, attributes);
  element.textContent = text;
  parent.append(element);
  return element;
}

// A frame with ticks, and in it `area`, an inner svg that cuts off what leaves the frame.
function makePlot(box, words, aspect, x, y) {
  const root = svg("svg", { class: "frame", role: "img", "aria-label": words }, box);
  const axes = svg("g", {}, root);
  const area = svg("svg", {}, root);
  const plot = { box, area, width: 0, height: 0 };
  plot.x = (value) => ((value - x.range[0]) / (x.range[1] - x.range[0])) * plot.width;
  plot.y = (value) => ((y.range[1] - value) / (y.range[1] - y.range[0])) * plot.height;
  plot.at = (clientX, clientY) => {
    const corner = root.getBoundingClientRect();
    const across = (clientX - corner.left - LEFT) / plot.width;
    const up = 1 - (clientY - corner.top - TOP) / plot.height;
    return [[x.range, across], [y.range, up]].map(([[a, b], share]) => a + share * (b - a));
  };
  plot.layout = () => {
    plot.width = Math.max(box.clientWidth - LEFT - RIGHT, 50);
    plot.height = plot.width * aspect();
    const bottom = TOP + plot.height;
    set(root, { height: bottom + BOTTOM });
    const frame = { x: LEFT, y: TOP, width: plot.width, height: plot.height };
    set(area, frame);
    axes.replaceChildren();
    svg("rect", frame, axes);
    const write = (x, y, style, words) => svg("text", { x, y, class: style }, axes, words);
    for (const value of x.ticks) {
      const at = LEFT + plot.x(value);
      svg("path", { d: `M${at} ${bottom}v4` }, axes);
      write(at, bottom + 17, "middle", x.name(value));
    }
    for (const value of y.ticks) {
      const at = TOP + plot.y(value);
      svg("path", { d: `M${LEFT} ${at}h-4` }, axes);
      write(LEFT - 7, at + 4, "end", y.name(value));
    }
    write(LEFT + plot.width / 2, bottom + 32, "middle symbol", x.label);
    write(8, TOP + plot.height / 2 + 4, "middle symbol", y.label);
  };
  return plot;
}

const rounded = (points) => points.map((p) => p.map((c) => c.toFixed(2)).join(" "));
const line = (points) => `M${rounded(points).join("L")}`;
const dots = (points) => `M${rounded(points).join("h0M")}h0`;

const GAMMAS = range(201).map((i) => (i / 200) ** 2); // denser where the borders turn

// The band between two curves eta = left(gamma), right(gamma).
function band(plot, left, right) {
  const go = GAMMAS.map((g) => [plot.x(left(g)), plot.y(g)]);
  const back = GAMMAS.map((g) => [plot.x(Math.max(left(g), right(g))), plot.y(g)]).reverse();
  return new Path2D(`${line([...go, ...back])}Z`);
}

// A pattern in a grey that shows on light and dark pages alike.
const PATTERNS = {
  monotone: "M3 4h2", alternating: "M0 4h8", diverging: "M-2 2l4-4M-2 10l12-12M6 10l4-4",
};

function pattern(context, name) {
  const tile = new OffscreenCanvas(8, 8);
  const pen = tile.getContext("2d");
  pen.strokeStyle = "#808080cc";
  pen.lineWidth = name === "monotone" ? 2 : 1;
  pen.stroke(new Path2D(PATTERNS[name]));
  return context.createPattern(tile, "repeat");
}

// Shade: the darker, the smaller the rate of the slower direction, in steps towards the optimum.
function paintMap(canvas, plot, kappa) {
  const { width, height } = plot;
  Object.assign(canvas, { width: width * devicePixelRatio, height: height * devicePixelRatio });
  canvas.style = `width: ${width}px; height: ${height}px`;
  const [flat, steep] = curvatures(kappa);
  const slowest = (eta, gamma) => Math.max(rate(eta, gamma, flat), rate(eta, gamma, steep));
  const gain = 1 - Math.sqrt(optimum(kappa).gamma);
  const small = new OffscreenCanvas(200, 125);
  const image = new ImageData(small.width, small.height);
  for (let j = 0, k = 0; j < small.height; j++) {
    for (let i = 0; i < small.width; i++, k += 4) {
      const gamma = 1 - (j + 0.5) / small.height;
      const share = Math.max((1 - slowest((i + 0.5) / small.width, gamma)) / gain, 0);
      image.data[k + 1] = 114;
      image.data[k + 2] = 178;
      image.data[k + 3] = 21 * Math.ceil(share * 10);
    }
  }
  small.getContext("2d").putImageData(image, 0, 0);
  const context = canvas.getContext("2d");
  context.scale(devicePixelRatio, devicePixelRatio);
  context.drawImage(small, 0, 0, width, height);
  const at = (i, curvature) => (gamma) => borders(gamma)[i] / curvature;
  const limit = at(2, steep);
  const mixed = (gamma) => Math.min(limit(gamma), at(0, flat)(gamma));
  const regions = [
    ["diverging", limit, () => 1],
    ["monotone", () => 0, at(0, steep)],
    ["alternating", at(1, steep), mixed],
    ["alternating", at(1, flat), limit],
  ];
  for (const [name, left, right] of regions) {
    context.fillStyle = pattern(context, name);
    context.fill(band(plot, left, right));
  }
}

// ---- 4. The figure ----

const STYLE = `
:host { display: block; container-type: inline-size;
  --ink: var(--color-foreground-primary, var(--jp-content-font-color1, CanvasText));
  --paper: var(--color-background-primary, var(--jp-layout-color0, Canvas));
  --rule: color-mix(in srgb, var(--ink) 45%, var(--paper));
  --momentum: color-mix(in srgb, #0072b2 65%, var(--ink));
  --descent: color-mix(in srgb, #d55e00 80%, var(--ink)); }
.live { display: grid; gap: 0.6rem 1rem; margin: 1rem 0; color: var(--ink);
  max-width: 56rem; grid-template-columns: minmax(0, 1fr); font-size: 14px; line-height: 1.6;
  text-align: left; }
.settings { display: grid; gap: 0 1rem; grid-template-columns: 1fr 1fr; align-content: start; }
table, .wide { grid-column: 1 / -1; }
@container (min-width: 600px) {
  .live { grid-template: "bowl loss" "go go" "told told" "map settings" / 3fr 2fr; }
  .trace { grid-area: bowl; } .loss { grid-area: loss; } .go { grid-area: go; }
  .told { grid-area: told; } .map { grid-area: map; }
  .settings { grid-area: settings; grid-template-columns: 1fr; } }
@container (max-width: 599px) { @media (min-height: 600px) { /* the trace stays in sight */
  .trace { position: sticky; top: var(--header-height, 0); z-index: 1; background: var(--paper); } } }
@media screen { slot { display: none; } }
@media print { .live { display: none; } }
.plot { position: relative; isolation: isolate; overflow: hidden; cursor: crosshair; }
.loss .plot { cursor: default; }
.live > * { min-width: 0; }
.frame { position: relative; display: block; width: 100%; user-select: none; }
canvas { position: absolute; left: ${LEFT}px; top: ${TOP}px; }
text { fill: currentColor; font: 12px system-ui, sans-serif; paint-order: stroke;
  stroke: var(--paper); stroke-width: 3px; }
.symbol { font: italic 15px serif; }
.middle { text-anchor: middle; } .end { text-anchor: end; }
path, ellipse, rect { fill: none; stroke: var(--rule); }
.limit, .flat, .steep { stroke: var(--ink); stroke-width: 1.5; }
.flat { stroke-dasharray: 7 4; } .steep { stroke-dasharray: 7 3 1.5 3; }
.momentum { stroke: var(--momentum); stroke-width: 1.8; }
.descent { stroke: var(--descent); stroke-width: 1.8; }
.loss .descent { stroke-dasharray: 5 3; } /* long lines are slow to dash */
.dots.dots { stroke-width: 6; stroke-linecap: round; stroke-dasharray: none; }
.descent.dots { stroke-linecap: square; }
.head { fill: none; stroke: var(--ink); stroke-width: 2; }
.handle { position: absolute; width: 44px; height: 44px; margin: -22px; border-radius: 50%;
  z-index: 1; touch-action: none; cursor: grab; }
.handle::after { content: ""; position: absolute; inset: 13px; border-radius: 50%;
  background: var(--paper); border: 3px solid var(--ink); }
:focus-visible { outline: 3px solid var(--momentum); outline-offset: 1px; }
.handle:focus-visible { outline-offset: -9px; }
.row { display: flex; flex-wrap: wrap; gap: 0.4rem 0.5rem; align-items: center; }
button, input[type=number] { min-height: 32px; padding: 0 0.6rem; font: inherit;
  color: inherit; background: var(--paper); border: 1px solid var(--rule);
  border-radius: 6px; }
button { min-width: 36px; cursor: pointer; }
input { accent-color: var(--momentum); }
input[type=number] { width: 6em; padding: 0 0.2rem; box-sizing: border-box; }
input[type=range] { flex: 1; min-width: 5rem; height: 28px; margin: 0; }
input[type=checkbox] { width: 18px; height: 18px; margin: 0 0.4rem 0 0; }
label { display: flex; align-items: center; min-height: 28px; }
.setting { display: grid; grid-template-columns: 1fr auto; margin-bottom: 0.3rem; }
.setting [type=range] { grid-column: 1 / -1; }
.ends { min-height: 3.2em; font: 13px/1.6 ui-monospace, monospace; overflow-wrap: anywhere; }
b { margin-right: 1em; font-family: system-ui, sans-serif; }
.key { display: inline-block; width: 1.6em; height: 0.9em; margin-right: 0.3em;
  border: 1px solid var(--rule); vertical-align: -0.05em; }
.fast { background: linear-gradient(90deg, #0072b233, #0072b2d2); }
.monotone { background: radial-gradient(#888 1px, #0000 1.5px) 0 0 / 5px 5px; }
.alternating { background: repeating-linear-gradient(#888 0 1px, #0000 1px 5px); }
.diverging.key { background: repeating-linear-gradient(135deg, #888 0 1px, #0000 1px 6px); }
.limit.key, .flat.key, .steep.key { height: 2px; border: 0; vertical-align: 0.3em; }
.limit.key { background: var(--ink); }
.flat.key { background: repeating-linear-gradient(90deg, var(--ink) 0 6px, #0000 6px 9px); }
.steep.key { background: repeating-linear-gradient(90deg,
  var(--ink) 0 7px, #0000 7px 9px, var(--ink) 9px 11px, #0000 11px 13px); }
.legend { gap: 0 0.9rem; font-size: 13px; }
p { margin: 0; } .verdict { min-height: 3.2em; }
.verdict.diverging { font-weight: 600; }
.unseen { position: absolute; clip-path: inset(50%); }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.1rem 0.3rem; text-align: right; font-weight: normal;
  border-bottom: 1px solid var(--rule); }
summary { min-height: 28px; cursor: pointer; }
`;

const setting = (name, words) => `
  <div class="setting">
    <label for="${name}">${words}</label>
    <input type="number" name="${name}" aria-label="${words}，数值">
    <input type="range" id="${name}">
  </div>`;

const button = (data, words, label = "") =>
  `<button type="button" ${data}${label && ` aria-label="${label}"`}>${words}</button>`;

const LEGEND = [
  ["fast", "蓝色越浓越快"], ["monotone", "单调"], ["alternating", "步步变号（无摆动）"],
  ["diverging", "发散"], ["limit", "稳定的界限"], ["flat", "x₁ 摆动区的边界"],
  ["steep", "x₂ 摆动区的边界"],
];

const PUBLISHED = [[0.4, 0], [0.6, 0], [0.4, 0.5], [0.6, 0.5]];

const MARKUP = `
<style>${STYLE}</style>
<slot></slot>
<section class="live" aria-label="动量法互动图">
  <div class="trace"><div class="plot">
    <div class="handle" data-handle="start" role="slider" tabindex="0" aria-label="起点"></div>
  </div></div>
  <div class="row go" role="group" aria-label="播放">
    ${button('data-by="-Infinity"', "|◀", "回到起点")}
    ${button('data-by="-1"', "−1", "退一步")}
    ${button('class="play"', "播放")}
    ${button('data-by="1"', "+1", "进一步")}
    ${button('data-by="Infinity"', "▶|", "走到最后")}
    <input type="range" class="shown" min="0" aria-label="显示到第几步">
    <label><input type="checkbox">同时画梯度下降（γ = 0）</label>
  </div>
  <div class="told">
    <div class="ends"></div>
    <p class="verdict"></p>
    <p class="unseen" role="status"></p>
  </div>
  <div class="settings">
    ${setting("eta", "学习率 η")}
    ${setting("gamma", "动量超参数 γ")}
    ${setting("kappa", "条件数 κ")}
    ${setting("steps", "步数")}
    <table>
      <thead><tr><th>方向</th><th>曲率 λ</th><th>速率 ρ</th><th>运动</th></tr></thead>
      <tbody><tr><th scope="row">x₁</th><td></td><td></td><td></td></tr>
      <tr><th scope="row">x₂</th><td></td><td></td><td></td></tr></tbody>
    </table>
  </div>
  <div class="map">
    <div class="plot">
      <canvas aria-hidden="true"></canvas>
      <div class="handle" data-handle="setting" role="slider" tabindex="0"
        aria-label="超参数 η 和 γ"></div>
    </div>
    <div class="row legend">
      ${LEGEND.map(([key, words]) => `<span><span class="key ${key}"></span>${words}</span>`).join("")}
      <span>★ 动量法最优</span><span>☆ 梯度下降最优</span>
    </div>
  </div>
  <div class="loss"><div class="plot"></div></div>
  <div class="row wide" role="group" aria-label="现成的设置">
    <span>试试 (η, γ)：</span>
    ${PUBLISHED.map(([e, g]) => button(`data-preset="published" data-values="[${e}, ${g}]"`, `(${e}, ${g})`)).join("")}
    ${button('data-preset="descent"', "梯度下降最优")}
    ${button('data-preset="optimum"', "动量法最优")}
    ${button('data-preset="critical"', "x₁ 临界阻尼")}
    ${button('data-preset="initial"', "恢复原状")}
  </div>
  <details class="wide"><summary>怎样操作</summary>
    <p>拖动粗圆圈，换起点、学习率和动量超参数；在图上点一下也行。用键盘时，按 Tab 键选中粗圆圈，再按方向键，
    加 Shift 移得更快。碗是 f = (λ₁x₁² + λ₂x₂²)/2，λ₂ = 4，λ₁ = 4/κ。</p>
  </details>
</section>`;

function explore(host) {
  const { initial, limits } = JSON.parse(host.dataset.settings);
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML = MARKUP;
  const find = (selector) => root.querySelector(selector);
  const state = { ...initial, shown: initial.steps };
  let playing = 0; // when the play started, less the time of the steps already shown
  let waiting = false;
  let telling = 0;

  const bowl = makePlot(find(".trace .plot"), "轨迹和碗的等高线", () => 0.6,
    { range: limits.x1, ticks: [-6, -4, -2, 0, 2, 4], name: minus, label: "x₁" },
    { range: limits.x2, ticks: [-3, -2, -1, 0, 1, 2, 3], name: minus, label: "x₂" });
  const losses = makePlot(find(".loss .plot"), "目标函数 f 随步数 t 的变化，对数纵轴",
    () => (losses.width > bowl.width * 0.9 ? 0.5 : bowl.height / losses.width),
    { range: [0, 1], ticks: [0, 0.5, 1], name: (p) => p * state.steps, label: "t" },
    { range: [-8, 2], ticks: [-8, -6, -4, -2, 0, 2], name: (n) => `1e${n}`, label: "f" });
  const quarters = { range: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1], name: String };
  const map = makePlot(find(".map .plot"), "超参数的地图，横轴 η，纵轴 γ", () => 0.62,
    { ...quarters, label: "η" }, { ...quarters, label: "γ" });

  const contours = range(10).map(() => svg("ellipse", {}, bowl.area));
  const runs = ["descent", "momentum"].map((name) =>
    [bowl, losses].flatMap((plot) =>
      [name, `${name} dots`].map((style) => svg("path", { class: style }, plot.area))));
  const head = svg("circle", { class: "head", r: 7 }, bowl.area);
  const lines = ["limit", "flat", "flat", "steep", "steep"].map((c) => svg("path", { class: c }, map.area));
  const texts = ["单调", "摆动", "发散", "★", "☆"].map((words) =>
    svg("text", { class: "middle" }, map.area, words));
  const [canvas, progress, both, told, words] = ["canvas", ".shown", "[type=checkbox]",
    ".ends", ".verdict"].map(find);
  const inputs = ["eta", "gamma", "kappa", "steps"].map((name) =>
    [name, find(`#${name}`), find(`[name=${name}]`)]);
  let ground = "";

  // What changes with kappa and the size only.
  function drawGround() {
    const { kappa } = state;
    const key = [kappa, bowl.width, devicePixelRatio].join();
    if (key === ground) return;
    ground = key;
    const lambdas = curvatures(kappa);
    const top = lossAt([limits.x1[0], limits.x2[0]], lambdas);
    contours.forEach((ellipse, i) => {
      const [r1, r2] = lambdas.map((c) => Math.sqrt((2 * top) / c) * ((i + 1) / 11));
      const [cx, cy] = [bowl.x(0), bowl.y(0)];
      set(ellipse, { cx, cy, rx: bowl.x(r1) - cx, ry: cy - bowl.y(r2) });
    });
    paintMap(canvas, map, kappa);
    const [flat, steep] = lambdas;
    [[2, steep], [0, flat], [1, flat], [0, steep], [1, steep]].forEach(([border, c], i) => {
      const points = GAMMAS.map((gamma) => [map.x(borders(gamma)[border] / c), map.y(gamma)]);
      set(lines[i], { d: line(points) });
    });
    const best = [optimum(kappa), optimumOfDescent(kappa)].map(Object.values);
    [[0.075, 0.04], [0.32, 0.72], [0.86, 0.12], ...best].forEach(([eta, gamma], i) => {
      set(texts[i], { x: map.x(eta), y: map.y(gamma) + (gamma ? 4 : -1) });
    });
  }

  function place(name, plot, [x, y], words) {
    const handle = find(`[data-handle=${name}]`);
    handle.style = `left: ${LEFT + plot.x(x)}px; top: ${TOP + plot.y(y)}px`;
    set(handle, { "aria-valuenow": x, "aria-valuetext": words });
  }

  function drawRun([path, marks, curve, curveMarks], points) {
    const shown = points.slice(0, state.shown + 1);
    const lambdas = curvatures(state.kappa);
    const onBowl = shown.map(([x1, x2]) => [bowl.x(clamp(x1, FAR)), bowl.y(clamp(x2, FAR))]);
    const onLoss = shown.map((point, t) => [
      losses.x(t / state.steps),
      losses.y(clamp(Math.log10(lossAt(point, lambdas)), [-12, 6])),
    ]);
    set(path, { d: line(onBowl) });
    set(marks, { d: dots(onBowl) });
    set(curve, { d: line(onLoss) });
    set(curveMarks, { d: state.steps > 60 ? "" : dots(onLoss) });
    return onBowl.at(-1);
  }

  function draw() {
    waiting = false;
    const { eta, gamma, kappa, steps, shown, compare } = state;
    const lambdas = curvatures(kappa);
    drawGround();
    const points = trace(state);
    const reached = gamma ? [["动量法", points, runs[1]]] : [];
    if (compare || !gamma) reached.unshift(["梯度下降", trace({ ...state, gamma: 0 }), runs[0]]);
    for (const part of runs.flat()) set(part, { d: "" });
    const ends = reached.map(([name, run, parts]) => {
      const [cx, cy] = drawRun(parts, run);
      set(head, { cx, cy });
      const f = lossAt(run[shown], lambdas).toPrecision(3);
      return `<div><b>${name}</b>${endpoint(shown, run[shown])}, f\u00a0${f}</div>`;
    });
    told.innerHTML = ends.join("");
    place("start", bowl, points[0], `x₁ ${short(state.x1)}，x₂ ${short(state.x2)}`);
    place("setting", map, [eta, gamma], `η ${short(eta)}，γ ${short(gamma)}`);
    // The view stays as it is: what diverges leaves it, and is counted.
    const outside = ([x1, x2]) => clamp(x1, limits.x1) !== x1 || clamp(x2, limits.x2) !== x2;
    words.textContent = verdict(state, points.filter(outside).length);
    words.classList.toggle("diverging", words.textContent.startsWith("发散"));
    root.querySelectorAll("tbody tr").forEach((row, i) => {
      const [, curvature, factor, kind] = row.children;
      curvature.textContent = short(lambdas[i]);
      factor.textContent = rate(eta, gamma, lambdas[i]).toFixed(6);
      kind.textContent = MOTIONS[motion(eta, gamma, lambdas[i])];
    });
    for (const [name, slider, number] of inputs) {
      slider.value = name === "kappa" ? Math.log10(kappa) : state[name];
      set(slider, { "aria-valuetext": short(state[name]) });
      if (root.activeElement !== number) number.value = short(state[name]);
    }
    Object.assign(progress, { max: steps, value: shown });
    set(progress, { "aria-valuetext": `第 ${shown} 步，共 ${steps} 步` });
    find(".play").textContent = playing ? "暂停" : "播放";
    both.checked = compare;
  }

  function later() {
    if (!waiting) requestAnimationFrame(draw);
    waiting = true;
    clearTimeout(telling); // a screen reader is told once, when the reader pauses
    telling = setTimeout(() => {
      find("[role=status]").textContent = told.innerText + words.innerText;
    }, 500);
  }

  function change(part) {
    const atEnd = state.shown === state.steps;
    for (const [name, value] of Object.entries(part)) {
      state[name] = limits[name] ? clamp(value, limits[name]) : value;
    }
    state.steps = Math.round(state.steps);
    if (atEnd || state.shown > state.steps) state.shown = state.steps;
    if (part.steps) losses.layout(); // its axis counts the steps
    later();
  }

  function show(step) {
    state.shown = clamp(step, [0, state.steps]);
    later();
  }

  function stop() {
    playing = 0;
    later();
  }

  function play() {
    if (matchMedia("(prefers-reduced-motion)").matches) return show(state.steps);
    if (state.shown === state.steps) show(0);
    const speed = Math.max(6, state.steps / 8) / 1000; // steps a millisecond
    playing = performance.now() - state.shown / speed;
    const tick = (now) => {
      if (!playing) return;
      show(Math.max(0, Math.floor((now - playing) * speed)));
      if (state.shown === state.steps) stop();
      else requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }

  const PRESETS = {
    published: ([eta, gamma]) => ({ eta, gamma, kappa: 20, x1: -5, x2: -2, steps: 20 }),
    descent: () => optimumOfDescent(state.kappa),
    optimum: () => optimum(state.kappa),
    critical: () => critical(state.eta, state.kappa),
    initial: () => initial,
  };

  for (const [name, plot, across, up, step, grid] of [
    ["start", bowl, "x1", "x2", 0.1, 0.05], // a hand can find 0
    ["setting", map, "eta", "gamma", 0.01, 0.001],
  ]) {
    const handle = find(`[data-handle=${name}]`);
    set(handle, { "aria-valuemin": limits[across][0], "aria-valuemax": limits[across][1] });
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
      grip = onHandle ? [x + 22 - event.clientX, y + 22 - event.clientY] : [0, 0];
      plot.box.setPointerCapture(event.pointerId);
      handle.focus({ preventScroll: true });
      event.preventDefault();
    });
    plot.box.addEventListener("pointermove", (event) => grip && move(event, grip));
    plot.box.addEventListener("lostpointercapture", () => { grip = null; });
    plot.box.addEventListener("click", (event) => tapped && move(event));
    handle.addEventListener("keydown", (event) => {
      const arrows = {
        ArrowLeft: [across, -1], ArrowRight: [across, 1], ArrowDown: [up, -1], ArrowUp: [up, 1],
      };
      const [key, sign] = arrows[event.key] ?? [];
      if (!key || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      change({ [key]: round(state[key] + sign * step * (event.shiftKey ? 10 : 1), 6) });
    });
  }

  for (const [name, slider, number] of inputs) {
    const [low, high] = limits[name];
    const step = name === "steps" ? 1 : name === "kappa" ? 0.01 : 0.001;
    const [min, max] = name === "kappa" ? [Math.log10(low), Math.log10(high)] : [low, high];
    Object.assign(slider, { min, max, step });
    Object.assign(number, { min: low, max: high, step: name === "kappa" ? 1 : step });
    slider.addEventListener("input", () => {
      const value = slider.valueAsNumber;
      change({ [name]: name === "kappa" ? Number((10 ** value).toPrecision(3)) : value });
    });
    number.addEventListener("input", () => {
      const value = number.valueAsNumber;
      if (value >= low && value <= high) change({ [name]: value });
    });
    number.addEventListener("change", () => { // beyond the limits, or empty
      change({ [name]: Number(number.value || state[name]) });
      number.value = short(state[name]);
    });
  }

  root.addEventListener("click", ({ target }) => {
    const { by, preset, values = null } = target.dataset;
    if (target.className === "play") (playing ? stop : play)();
    else if (preset) {
      stop();
      state.shown = state.steps; // a preset shows its whole trace
      change(PRESETS[preset](JSON.parse(values)));
    }
    else if (by) {
      stop();
      show(state.shown + Number(by));
    }
  });
  progress.addEventListener("input", () => {
    stop();
    show(progress.valueAsNumber);
  });
  both.addEventListener("change", () => change({ compare: both.checked }));

  let width = 0;
  new ResizeObserver(() => {
    if ([0, width].includes(bowl.box.clientWidth)) return; // hidden, or only higher
    width = bowl.box.clientWidth;
    for (const plot of [bowl, losses, map]) plot.layout();
    draw();
  }).observe(bowl.box);
}

// By its place, not its id: a notebook may show the same output twice.
explore(document.currentScript.previousElementSibling);
})();
