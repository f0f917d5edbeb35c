// The mathematics: f(x) = (flat x1^2 + steep x2^2) / 2 with steep / flat = kappa. A setting is
// { eta, gamma, kappa, x1, x2, steps }; s stands for eta times a curvature.

export const STEEP = 4; // curvature of x2, as in still.py; that of x1 is STEEP / kappa

export const curvatures = (kappa) => [STEEP / kappa, STEEP];
export const lossAt = ([x1, x2], [flat, steep]) => (flat * x1 * x1 + steep * x2 * x2) / 2;

// v <- gamma v + eta lambda x, x <- x - v: operation by operation as the notebooks write it, so
// that every bit is the same.
function step({ eta, gamma }, [flat, steep], [x1, x2, v1, v2]) {
  const w1 = gamma * v1 + eta * flat * x1;
  const w2 = gamma * v2 + eta * steep * x2;
  return [x1 - w1, x2 - w2, w1, w2];
}

export function trace(setting) {
  const lambdas = curvatures(setting.kappa);
  let state = [setting.x1, setting.x2, 0, 0];
  const points = [state.slice(0, 2)];
  while (points.length <= setting.steps) {
    state = step(setting, lambdas, state);
    points.push(state.slice(0, 2));
  }
  return points;
}

export const TOLERANCE = 1e-6;
export const PATIENCE = 10000; // steps: enough to see every complex pair through, 0.2 ms

// Steps of a converging setting until |x| <= TOLERANCE |x0| for good; Infinity beyond PATIENCE.
// Counted, because log(TOLERANCE) / log(rate) ignores the double root.
export function stepsNeeded(setting) {
  const lambdas = curvatures(setting.kappa);
  let state = [setting.x1, setting.x2, 0, 0];
  const goal = TOLERANCE ** 2 * (setting.x1 ** 2 + setting.x2 ** 2);
  let needed = 0;
  for (let t = 0; t < PATIENCE; t++) {
    const [x1, x2, v1, v2] = state;
    const size = x1 * x1 + x2 * x2;
    if (size > goal) needed = t + 1;
    // So small, in place and in speed, that it cannot grow back.
    if (size + v1 * v1 + v2 * v2 <= goal * 1e-12) return needed;
    state = step(setting, lambdas, state);
  }
  return needed === PATIENCE ? Infinity : needed;
}

// Spectral radius of [[gamma, s], [-gamma, 1 - s]]: the asymptotic factor a step.
export function rate(eta, gamma, curvature) {
  const sum = 1 + gamma - eta * curvature;
  const inside = sum * sum - 4 * gamma;
  return inside < 0 ? Math.sqrt(gamma) : (Math.abs(sum) + Math.sqrt(inside)) / 2;
}

// The borders in s between monotone, oscillating, alternating and diverging motion.
export function borders(gamma) {
  const root = Math.sqrt(gamma);
  return [(1 - root) ** 2, (1 + root) ** 2, 2 + 2 * gamma];
}

// The names of theory.regime, with its tolerances.
export function motion(eta, gamma, curvature) {
  const s = eta * curvature;
  const [low, high, limit] = borders(gamma);
  if (Math.min(Math.abs(s), Math.abs(s - limit)) <= 1e-12 * limit) return "marginal";
  if (s < 0 || s > limit) return "diverging";
  if (Math.min(Math.abs(s - low), Math.abs(s - high)) < 1e-9) return "critical";
  if (s < low) return "monotone";
  return s < high ? "oscillating" : "alternating";
}

export function optimum(kappa) {
  const [low, high] = curvatures(kappa).map(Math.sqrt);
  return { eta: (2 / (low + high)) ** 2, gamma: ((high - low) / (high + low)) ** 2 };
}

export const optimumOfDescent = (kappa) => ({ eta: 2 / (STEEP / kappa + STEEP), gamma: 0 });

// Critical damping of the flat direction.
export const critical = (eta, kappa) => ({ eta, gamma: (1 - Math.sqrt((eta * STEEP) / kappa)) ** 2 });

// What the map shades, as a function of (eta, gamma): 1 at the optimum, 0 where the slower direction
// does not converge.
export function speed(kappa) {
  const [flat, steep] = curvatures(kappa);
  const gain = 1 - Math.sqrt(optimum(kappa).gamma);
  return (eta, gamma) => {
    const slowest = Math.max(rate(eta, gamma, flat), rate(eta, gamma, steep));
    return Math.max((1 - slowest) / gain, 0);
  };
}
