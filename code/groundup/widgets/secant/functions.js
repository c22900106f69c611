// kit: numbers
// The functions that a reader chooses from, with their derivatives, and both differences:
// the same as in functions.py, a test compares the two.

const FUNCTIONS = {
  sin: { text: "sin x", f: Math.sin, slope: Math.cos, x: [-3.5, 3.5], y: [-1.9, 1.9] },
  exp: { text: "eˣ", f: Math.exp, slope: Math.exp, x: [-2.2, 2.2], y: [-1.5, 7.5] },
  square: { text: "x²", f: (x) => x * x, slope: (x) => 2 * x, x: [-2.2, 2.2], y: [-1.3, 4.3] },
  cube: { text: "x³", f: (x) => x * x * x, slope: (x) => 3 * x * x, x: [-1.8, 1.8], y: [-4.5, 4.5] },
  abs: { text: "|x|", f: Math.abs, slope: Math.sign, x: [-2.2, 2.2], y: [-0.8, 2.4] },
};
const RULES = ["forward", "central"];
const SMALLEST = -16; // the power of ten of the smallest h,
const UNROUNDED = -5; // and of the smallest at which four digits are not those of rounding
const EPSILON = 2 ** -52;

// The slope of the tangent, null at the kink of |x|, where there is none.
const tangent = ({ f, slope }, x) => (f === Math.abs && x === 0 ? null : slope(x));

const difference = {
  forward: ({ f }, x, h) => (f(x + h) - f(x)) / h,
  central: ({ f }, x, h) => (f(x + h) - f(x - h)) / (2 * h),
};
const quotients = (chosen, x, h) => RULES.map((rule) => difference[rule](chosen, x, h));

// How far off both are, [] where there is no tangent.
function errorsAt(chosen, x, h) {
  const exact = tangent(chosen, x);
  return exact === null ? [] : quotients(chosen, x, h).map((value) => Math.abs(value - exact));
}

// What rounding x + h and the two values of f can do to a quotient.
const rounding = (chosen, x, h) =>
  (EPSILON * (Math.abs(chosen.f(x)) + Math.abs(x * chosen.slope(x)))) / h;

// A step of the slider is a tenth of a power of ten, with three digits to be read.
const notched = (notch) => round(10 ** (notch / 10), 3);
const notchOf = (h) => Math.round(10 * Math.log10(h));
const stepText = (h) => (h < 1e-3 ? number(h).replace(/^1·/, "") : String(h));
