// In words and in numbers: what the two arrows show, of what is shown.

const rounded = (value, places = 2) => Math.round(value * 10 ** places) / 10 ** places || 0;
const close = (value) => Math.abs(value - rounded(value)) < 1e-9;
// A number as a reader would write it, without zeros at its end; and what stands before such
// numbers, since rounding is said.
const short = (value, places) => String(rounded(value, places)).replace("-", "−");
const pair = (vector) => `(${vector.map((v) => short(v)).join(", ")})`;
const sign = (...values) => (values.every(close) ? "=" : "≈");
const factor = (value) => (rounded(value) < 0 ? `(${short(value)})` : short(value));
const degrees = (angle) => `${short((angle * 180) / Math.PI, 1)}°`;

const ZERO = {
  "no b": "b is the zero vector. It has no direction: nothing has a shadow on it or an angle with it, and a · b = 0.",
  "no a": "a is the zero vector. Its shadow is zero, too, it has no angle with b, and a · b = 0.",
};
const ANGLE = {
  acute: ({ angle }) => `The angle is ${degrees(angle)}, less than a right angle.`,
  obtuse: ({ angle }) => `The angle is ${degrees(angle)}, more than a right angle.`,
  right: () => "The angle is a right angle.",
  same: () => "The angle is 0°.",
  opposite: () => "The angle is 180°.",
};
const left = ({ coefficient }) => `it is ${short(coefficient)} times b. What is left meets b at a right angle.`;
const SHADOW = {
  acute: (now) => `The shadow of a points the way b does: ${left(now)}`,
  obtuse: (now) => `The shadow of a points against b: ${left(now)}`,
  right: () => "a stands upright on the line of b: its shadow has no length.",
  same: () => "a lies along b: it is its own shadow, and nothing is left.",
  opposite: () => "a points against b: it is its own shadow, and nothing is left.",
};
const AREA = { right: "", acute: ", positive", same: ", positive", obtuse: ", negative", opposite: ", negative" };

function sentence({ now, a, b, t, shows }) {
  const how = stance(now);
  const said = [];
  if (shows.stick) {
    const nearest = shows.shadow && Math.abs(t - now.coefficient) < 0.005;
    const more = nearest ? ", and no other multiple of b is nearer" : "";
    said.push(`From ${short(t)} times b to a the distance is ${short(distance(a, b, t))}${more}.`);
  }
  if (ZERO[how]) return [...said, ZERO[how]].join(" ");
  if (shows.angle) said.push(ANGLE[how](now));
  if (shows.shadow) said.push(SHADOW[how](now));
  if (shows.area) said.push(`a · b ${sign(now.dot)} ${short(now.dot)}${AREA[how]}.`);
  if (shows.frame) said.push(`The frame has the area ${short(now.normA * now.normB)}: the share that is filled, with the sign, is ${short(now.cosine)}.`);
  return said.join(" ");
}

// The rows of the table, by what they belong to: names and what is computed.
const FACTS = {
  stick: ({ a, b, t }) => [
    [`${factor(t)} × b`, pair(b.map((v) => t * v))],
    ["distance to a", short(distance(a, b, t))],
  ],
  shadow: ({ now: { coefficient, shadow, residual } }) => [
    ["shadow", `${factor(coefficient)} × b ${sign(...shadow, coefficient)} ${pair(shadow)}`],
    ["what is left", pair(residual)],
  ],
  area: ({ now: { dot, normB }, a, b }) => [
    ["a · b", `${factor(a[0])} × ${factor(b[0])} + ${factor(a[1])} × ${factor(b[1])} ${sign(dot)} ${short(dot)}`],
    ["area", `${factor(dot / normB)} × ${short(normB)} ${sign(dot / normB, normB, dot)} ${short(dot)}`],
  ],
  angle: ({ now: { angle } }) => [["angle", degrees(angle)]],
  frame: ({ now: { dot, normA, normB, cosine } }) => [
    ["frame", `${short(normA)} × ${short(normB)} ${sign(normA, normB, normA * normB)} ${short(normA * normB)}`],
    ["cosine", `${factor(dot)} / ${short(normA * normB)} ${sign(dot, normA * normB, cosine)} ${short(cosine)}`],
  ],
};

function facts(state) {
  const rows = [["a", pair(state.a)], ["b", pair(state.b)]];
  const zero = ZERO[stance(state.now)];
  const shown = Object.keys(FACTS).filter((name) => state.shows[name] && (name === "stick" || !zero));
  return [...rows, ...shown.flatMap((name) => FACTS[name](state))];
}
