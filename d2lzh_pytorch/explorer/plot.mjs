// A frame with axes and ticks: SVG in the page's own colours.
import { set, svg } from "./elements.mjs";

export const LEFT = 52; // margins of a plot, in pixels
export const TOP = 8;
const RIGHT = 10;
const BOTTOM = 36;

export const clamp = (x, [low, high]) => Math.min(Math.max(x, low), high);
export const count = (n) => Array.from({ length: n }, (_, i) => i);

const rounded = (points) => points.map((p) => p.map((c) => c.toFixed(2)).join(" "));
export const line = (points) => `M${rounded(points).join("L")}`;
export const dots = (points) => `M${rounded(points).join("h0M")}h0`;

// An axis is { range, ticks, name: (tick) => text, label, hint }; `aspect()` is height / width. In the
// frame is `area`, an inner svg that cuts off what leaves it.
export function makePlot(box, words, aspect, x, y) {
  const root = svg("svg", { class: "frame", role: "img", "aria-label": words }, box);
  const axes = svg("g", {}, root);
  const plot = { box, root, axes, area: svg("svg", {}, root), width: 0, height: 0 };
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
    drawFrame(plot, x, y);
  };
  return plot;
}

function drawFrame(plot, x, y) {
  const { root, axes, area, width, height } = plot;
  const bottom = TOP + height;
  set(root, { height: bottom + BOTTOM });
  const frame = { x: LEFT, y: TOP, width, height };
  set(area, frame);
  axes.replaceChildren();
  svg("rect", frame, axes);
  const put = (left, top, style, words) => svg("text", { x: left, y: top, class: style }, axes, words);
  for (const value of x.ticks) {
    const at = LEFT + plot.x(value);
    svg("path", { d: `M${at} ${bottom}v4` }, axes);
    put(at, bottom + 17, "middle", x.name(value));
  }
  for (const value of y.ticks) {
    const at = TOP + plot.y(value);
    svg("path", { d: `M${LEFT} ${at}h-4` }, axes);
    put(LEFT - 7, at + 4, "end", y.name(value));
  }
  put(LEFT + width / 2, bottom + 32, "middle symbol", x.label);
  if (x.hint) put(LEFT + width, bottom + 32, "end hint", x.hint);
  put(8, TOP + height / 2 + 4, "middle symbol", y.label);
}
