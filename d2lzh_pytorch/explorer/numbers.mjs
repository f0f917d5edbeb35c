// How numbers are written.

// Python's f"{x:f}" and, from 1e15 on, f"{x:.6e}". toFixed is exact like Python, but rounds a
// tie up where Python goes to the even digit; ties at six digits are odd multiples of 1/128.
export function fixed(x) {
  const size = Math.abs(x);
  const sign = x < 0 || Object.is(x, -0) ? "-" : "";
  if (size >= 1e15) return x.toExponential(6);
  if ((size * 128) % 2 !== 1) return sign + size.toFixed(6);
  const millionths = (BigInt(size * 128) * 15625n) / 2n;
  const digits = String(millionths + (millionths % 2n)).padStart(7, "0");
  return `${sign}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

export const round = (x, digits) => Number(x.toFixed(digits));
export const short = (x) => String(round(x, 6));
export const minus = (x) => String(x).replace("-", "−");

// The line that train_2d prints.
export const endpoint = (t, [x1, x2]) => `epoch ${t}, x1 ${fixed(x1)}, x2 ${fixed(x2)}`;
