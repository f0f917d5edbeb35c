// The elements of the figure, as HTML.
import { fill } from "./words.mjs";

const PUBLISHED = [[0.4, 0], [0.6, 0], [0.4, 0.5], [0.6, 0.5]];
const KEYS = ["fast", "monotone", "alternating", "diverging", "limit", "flat", "steep"];
const CHOICES = ["descent", "optimum", "critical"];

const button = (data, words, label = "") =>
  `<button type="button" ${data}${label && ` aria-label="${label}"`}>${words}</button>`;

export const markup = (texts, style) => `
<style>${style}</style>
<slot></slot>
<section class="live" aria-label="${texts.figure}">
  <div class="trace">${plot(handle("start", texts.start))}</div>
  ${playerRow(texts)}
  <div class="told">
    ${rows("ends", texts, sample)}
    ${rows("verdicts", texts, () => "")}
    <p class="unseen" role="status"></p>
  </div>
  <div class="settings">
    ${["eta", "gamma", "kappa", "steps"].map((name) => setting(texts, name)).join("")}
  </div>
  ${table(texts)}
  <div class="map">
    ${plot(`<canvas aria-hidden="true"></canvas>${handle("setting", texts.setting)}`)}
    ${legend(texts)}
  </div>
  <div class="loss">${plot("")}</div>
  ${presetRows(texts)}
  <details class="wide"><summary>${texts.help}</summary><p>${texts.help_text}</p></details>
</section>`;

const plot = (content) => `<div class="plot">${content}</div>`;

const handle = (name, label) =>
  `<div class="handle" data-handle="${name}" role="slider" tabindex="0" aria-label="${label}"></div>`;

// One row a method; those not on show are hidden.
const rows = (style, texts, first) => `<div class="${style}">${["descent", "momentum"].map((name) =>
  `<p data-row="${name}">${first(name)}<b>${texts[name]}</b><span></span></p>`).join("")}</div>`;

// A piece of the line that a method draws.
const sample = (name) => `<svg class="sample" viewBox="0 0 30 10" aria-hidden="true">
  <path class="${name}" d="M0 5h30"/><path class="${name} dots" d="M15 5h0"/></svg>`;

const playerRow = (texts) => `
  <div class="row go" role="group" aria-label="${texts.player}">
    ${button('data-by="-Infinity"', "|◀", texts.to_start)}
    ${button('data-by="-1"', "−1", texts.back)}
    ${button('class="play"', texts.play)}
    ${button('data-by="1"', "+1", texts.forward)}
    ${button('data-by="Infinity"', "▶|", texts.to_end)}
    <input type="range" class="shown" min="0" aria-label="${texts.shown}">
    <label><input type="checkbox"><span class="compare"></span></label>
  </div>`;

const setting = (texts, name) => `
  <div class="setting">
    <label for="${name}">${texts[name]}</label>
    <input type="number" name="${name}" aria-label="${fill(texts.as_number, { name: texts[name] })}">
    <input type="range" id="${name}">
  </div>`;

const table = (texts) => {
  const { column_direction: direction, column_curvature: curvature } = texts;
  const { column_rate: rate, column_motion: motion } = texts;
  const head = [direction, curvature, rate, motion].map((words) => `<th>${words}</th>`).join("");
  const body = ["x₁", "x₂"].map((name) =>
    `<tr><th scope="row">${name}</th><td></td><td></td><td></td></tr>`).join("");
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
};

const legend = (texts) => `
  <div class="row legend">
    ${KEYS.map((key) => `<span><span class="key ${key}"></span>${texts[`key_${key}`]}</span>`).join("")}
    <span>${texts.key_optimum}</span><span>${texts.key_descent_optimum}</span>
  </div>`;

// Each row says what else its buttons set.
const presetRows = (texts) => `<div class="wide">
  ${presetRow(texts.presets_published, PUBLISHED.map(([eta, gamma]) =>
    button(`data-preset="published" data-values="[${eta}, ${gamma}]"`, `(${eta}, ${gamma})`)))}
  ${presetRow(texts.presets_own, CHOICES.map((name) => preset(texts, name)))}
  ${presetRow(texts.presets_all, [preset(texts, "initial")])}
</div>`;

const preset = (texts, name) => button(`data-preset="${name}"`, texts[`preset_${name}`]);

const presetRow = (words, buttons) =>
  `<div class="row" role="group" aria-label="${words}"><span>${words}</span>${buttons.join("")}</div>`;
