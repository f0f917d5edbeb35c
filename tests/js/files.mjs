// What the tests read: numbers that Python computed (reference.py), and the texts of the figure.
import { readFileSync } from "node:fs";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf-8"));

export const reference = read("reference.json");
export const english = read("../../d2lzh_pytorch/locale/en.json").figure;
export const texts = read("../../d2lzh_pytorch/locale/zh.json").figure;
