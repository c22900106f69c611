// The law: what the dot product of two vectors of the plane says about them. A test compares
// these numbers with those of Python.

function law(a, b) {
  const dot = a[0] * b[0] + a[1] * b[1];
  const cross = b[0] * a[1] - b[1] * a[0]; // the area that a and b span, with a sign
  const [normA, normB] = [a, b].map(([x, y]) => Math.hypot(x, y));
  const along = normB > 0; // the zero vector has no direction, so nothing has a shadow on it
  const turned = along && normA > 0; // and it has no angle with anything
  const coefficient = along ? dot / (b[0] * b[0] + b[1] * b[1]) : null;
  const shadow = along ? b.map((v) => coefficient * v) : null;
  const residual = along ? a.map((v, i) => v - shadow[i]) : null;
  const angle = turned ? Math.atan2(Math.abs(cross), dot) : null;
  const cosine = turned ? dot / (normA * normB) : null;
  return { dot, cross, normA, normB, coefficient, shadow, residual, angle, cosine };
}

// From the point t · b of the line to a.
const distance = (a, b, t) => Math.hypot(a[0] - t * b[0], a[1] - t * b[1]);

const STRAIGHT = 1e-9; // below this share of ‖a‖‖b‖ a product counts as zero: rounding

// How the arrows stand to each other, as a word.
function stance({ dot, cross, normA, normB }) {
  const least = normA * normB * STRAIGHT;
  if (normB === 0) return "no b";
  if (normA === 0) return "no a";
  if (Math.abs(dot) <= least) return "right";
  if (Math.abs(cross) <= least) return dot > 0 ? "same" : "opposite";
  return dot > 0 ? "acute" : "obtuse";
}

// The largest multiple of b, in size, that is still in the plane.
const farthest = (b) => {
  const most = Math.max(...b.map(Math.abs));
  return most ? REACH / most : 0;
};
