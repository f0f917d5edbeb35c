// Rules for the scripts of this project: make lint, from the root.
import js from "@eslint/js";
import globals from "globals";

const rules = {
  ...js.configs.recommended.rules,
  "max-lines-per-function": ["error", 40],
  "max-lines": ["error", 150],
  "max-len": ["error", { code: 110, ignorePattern: "[\\u3000-\\u9fff]" }],
  complexity: ["error", 10],
  "max-params": ["error", 5],
  "max-statements-per-line": "error",
  "one-var": ["error", "never"],
  curly: ["error", "multi-line"],
  eqeqeq: "error",
  "no-var": "error",
  "prefer-const": "error",
  "no-shadow": "error",
  "no-param-reassign": "error",
  "no-unused-expressions": "error",
  "consistent-return": "error",
  "no-restricted-properties": ["error", { property: "innerText", message: "It lays the page out; use textContent." }],
};

export default [
  { rules, linterOptions: { reportUnusedDisableDirectives: "error" } },
  { files: ["d2lzh_pytorch/**", "docs/static/**"], languageOptions: { globals: globals.browser } },
  { files: ["docs/static/*.js"], languageOptions: { sourceType: "script" } },
  { files: ["tests/js/**"], languageOptions: { globals: globals.nodeBuiltin } },
];
