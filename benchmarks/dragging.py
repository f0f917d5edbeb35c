"""Time the frames of the interactive figure while its reader drags (run with PYTHONPATH=docs)."""

import itertools
import tempfile
from pathlib import Path

import chromium
from playwright.sync_api import sync_playwright

import d2lzh_pytorch as d2l

FRAMES = 300
LIMIT = 1.05  # of the interval between frames when nothing happens
MOTIONS = {"the start": "start", "the point on the map": "setting", "the slider of kappa": "kappa"}

# Four moves of the mouse a frame, as a quick hand makes them; returns the times of the frames.
DRAG = """([what, frames]) => new Promise(done => {
  const root = document.querySelector(".momentum-explorer").shadowRoot;
  const handle = root.querySelector(`[data-handle="${what}"]`);
  const slider = root.querySelector(`#${what}`);
  const box = handle && handle.getBoundingClientRect();
  const fire = (kind, x, y) => handle.dispatchEvent(new PointerEvent(kind, {
    bubbles: true, clientX: box.x + 22 + x, clientY: box.y + 22 + y, pointerType: "mouse" }));
  if (handle) {
    handle.closest(".plot").setPointerCapture = () => {}; // a script's pointer cannot be caught
    fire("pointerdown", 0, 0);
  }
  const times = [];
  const frame = now => {
    times.push(now);
    const t = times.length / 9;
    for (let k = 0; k < 4 && handle; k++) {
      fire("pointermove", 80 * Math.sin(t + k / 36), -30 * Math.abs(Math.sin(t)));
    }
    if (slider) {
      slider.value = 1.5 + 1.4 * Math.sin(t);
      slider.dispatchEvent(new Event("input"));
    }
    if (times.length <= frames) requestAnimationFrame(frame);
    else done(times);
  };
  requestAnimationFrame(frame);
})"""


def report():
    """Lines of Markdown: intervals while dragging, as ratios to those of the idle page."""
    lines = ["## Interactive figure", ""]
    if not chromium.program():
        return [*lines, "Not measured: there is no Chromium on this machine.", ""]
    intervals = measure()
    idle = intervals.pop("nothing")
    lines += [
        f"300 steps of both methods, {FRAMES} frames each, Chromium drawing without a GPU.",
        "",
        "| dragging | frame interval / idle, median | 95th percentile | limit | |",
        "|:--|--:|--:|--:|:--|",
    ]
    for name, seen in intervals.items():
        middle, late = (quantile(seen, q) / quantile(idle, 0.5) for q in (0.5, 0.95))
        verdict = "met" if late <= LIMIT else "**not met**"
        lines.append(f"| {name} | {middle:.2f} | {late:.2f} | {LIMIT} | {verdict} |")
    return [*lines, "", f"Idle: {1000 / quantile(idle, 0.5):.0f} frames a second.", ""]


def measure():
    """Milliseconds between frames, sorted, for each thing that is dragged, and for nothing."""
    figure = d2l.explore_momentum("bench", steps=300, compare=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder, "page.html")
        path.write_text(f"<!doctype html><meta charset=utf-8>{figure.html}", encoding="utf-8")
        with chromium.launch(playwright) as browser:
            page = browser.new_page(viewport={"width": 1000, "height": 1000})
            page.goto(path.as_uri())
            page.wait_for_timeout(500)
            times = {
                name: page.evaluate(DRAG, [what, FRAMES])
                for name, what in {"nothing": "nothing", **MOTIONS}.items()
            }
    return {
        name: sorted(b - a for a, b in itertools.pairwise(values)) for name, values in times.items()
    }


def quantile(ordered, q):
    return ordered[int(q * (len(ordered) - 1))]


if __name__ == "__main__":
    print("\n".join(report()))
