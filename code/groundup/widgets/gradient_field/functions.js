// kit: numbers
// The functions of two variables that a reader chooses from, with their gradients and second
// derivatives [fxx, fxy, fyy]: the same as in functions.py, a test compares them. `steepest`
// is where the axis of the slopes ends.

const PIT = (x, y) => Math.exp(-x * x - y * y);
const SURFACES = {
  bowl: {
    text: "x² + xy + 2y²",
    f: (x, y) => x * x + x * y + 2 * y * y,
    gradient: (x, y) => [2 * x + y, x + 4 * y],
    second: () => [2, 1, 4],
    steepest: 8,
    levels: [0.1, 0.4, 0.9, 1.6, 2.5, 3.6, 4.9, 6.4, 8.1, 10, 12.1, 14.4, 16.9],
  },
  saddle: {
    text: "x² − y²",
    f: (x, y) => x * x - y * y,
    gradient: (x, y) => [2 * x, -2 * y],
    second: () => [2, 0, -2],
    steepest: 6,
    levels: [-3.5, -2.5, -1.6, -0.9, -0.4, -0.1, 0, 0.1, 0.4, 0.9, 1.6, 2.5, 3.5, 5, 7],
  },
  valleys: {
    text: "x⁴/4 − x²/2 + y²/2",
    f: (x, y) => (x * x * x * x) / 4 - (x * x) / 2 + (y * y) / 2,
    gradient: (x, y) => [x * x * x - x, y],
    second: (x) => [3 * x * x - 1, 0, 1],
    steepest: 4,
    levels: [-0.23, -0.17, -0.08, 0, 0.15, 0.4, 0.7, 1.1, 1.6, 2.2, 3, 4, 5.5, 7.5],
  },
  plateau: {
    text: "1 − exp(−x² − y²)",
    f: (x, y) => 1 - PIT(x, y),
    gradient: (x, y) => [2 * x * PIT(x, y), 2 * y * PIT(x, y)],
    second: (x, y) => [(2 - 4 * x * x) * PIT(x, y), -4 * x * y * PIT(x, y), (2 - 4 * y * y) * PIT(x, y)],
    steepest: 1.2,
    levels: [0.05, 0.2, 0.4, 0.6, 0.8, 0.9, 0.97, 0.99, 0.999],
  },
};
const REACH = 2; // points lie between −2 and 2
const SMALL = 1e-9; // a gradient no longer than this is zero but for rounding

// The slope in the direction of so many degrees from the x-axis: the dot product of the
// gradient and the unit vector.
function slopeToward([gx, gy], degrees) {
  const angle = (degrees * Math.PI) / 180;
  return gx * Math.cos(angle) + gy * Math.sin(angle);
}

// Between 0 and 360; where a gradient is zero it has no direction.
const degreesOf = ([gx, gy]) => ((Math.atan2(gy, gx) * 180) / Math.PI + 360) % 360;

// The eigenvalues of the Hessian, the larger one first.
function curvatures([fxx, fxy, fyy]) {
  const spread = Math.hypot((fxx - fyy) / 2, fxy);
  return [(fxx + fyy) / 2 + spread, (fxx + fyy) / 2 - spread];
}
function kind([most, least]) {
  if (least > 0) return "a minimum: every direction curves upward";
  if (most < 0) return "a maximum: every direction curves downward";
  if (most > 0 && least < 0) return "a saddle: some directions curve upward, others downward";
  return "a point that the second derivatives do not decide";
}

// Three digits at most, and no zeros at the end.
const short = (value) => String(Math.abs(value) < SMALL ? 0 : round(value, 3)).replace("-", "−");
