// kit: elements numbers plot
// What is drawn between the arrows: shadow, what is left of a, areas, the angle; and names.

const SQUARE = 0.28; // side of the mark of a right angle, in units of the plane

// The sides that shadow and areas are drawn from: the shadow's signed length along b, and
// the length of b turned by a right angle, so that b's other side shows the area.
function sides({ b, now: { dot, normA, normB } }) {
  const unit = b.map((v) => v / normB);
  const size = dot < 0 ? -normA : normA;
  return { shadow: plus([0, 0], unit, dot / normB), longest: plus([0, 0], unit, size), across: turned(b) };
}

function outlines(plot, state) {
  const { a, b, t, shows, now } = state;
  if (!now.normB) return {};
  const { shadow, longest, across } = sides(state);
  const zero = [0, 0];
  const closed = (...points) => `${path(...points.map(plot.pixel))}z`;
  const line = (...points) => path(...points.map(plot.pixel));
  const far = (3 * REACH) / now.normB;
  return {
    line: line(plus(zero, b, -far), plus(zero, b, far)),
    area: shows.area && now.dot ? closed(zero, shadow, plus(shadow, across), across) : "",
    frame: shows.frame && now.normA ? closed(zero, longest, plus(longest, across), across) : "",
    left: shows.shadow ? line(a, shadow) : "",
    corner: shows.shadow ? corner(line, now, b) : "",
    shadow: shows.shadow ? line(zero, shadow) : "",
    stick: shows.stick ? line(a, plus(zero, b, t)) : "",
  };
}

// The small square where the shadow ends; too small a rest has no room for it.
function corner(line, { shadow, residual, coefficient, normB }, b) {
  const long = Math.hypot(...residual);
  if (long < SQUARE) return "";
  const up = plus([0, 0], residual, SQUARE / long);
  const back = plus([0, 0], b, (coefficient > 0 ? -SQUARE : SQUARE) / normB);
  return line(plus(shadow, up), plus(plus(shadow, up), back), plus(shadow, back));
}

// From b to a, the shorter way around.
function arc(plot, { angle, cross }, b) {
  if (!angle) return "";
  const start = Math.atan2(b[1], b[0]);
  const steps = Math.ceil(angle / 0.1);
  const [x, y] = plot.pixel([0, 0]);
  const on = (k) => start + (Math.sign(cross || 1) * angle * k) / steps;
  return path(...Array.from({ length: steps + 1 }, (_, k) => [x + ARC * Math.cos(on(k)), y - ARC * Math.sin(on(k))]));
}

// A text at a point of the plane, moved by pixels, kept inside the picture.
function word(plot, name, text, point, [dx, dy] = [0, 0]) {
  const [px, py] = plot.pixel(point);
  const [x, y] = [clamp(px + dx, plot.x.from + 16, plot.x.to - 16), clamp(py + dy, plot.y.to + 14, plot.y.from - 6)];
  return svg("text", { class: `gu-halo gu-ar-word gu-ar-${name}`, x: at(x), y: at(y + 4), "text-anchor": "middle" }, text);
}

function labels(plot, state) {
  const { a, b, shows, now } = state;
  const beyond = (v, size) => (size ? [(20 * v[0]) / size, (-20 * v[1]) / size] : [0, -18]);
  const found = [word(plot, "a", "a", a, beyond(a, now.normA)), word(plot, "b", "b", b, beyond(b, now.normB))];
  if (!now.normB) return found;
  const { shadow, across } = sides(state);
  const middle = plus(plus([0, 0], shadow, 0.5), across, 0.5);
  if (shows.area && now.dot) found.push(word(plot, "sum", `${now.dot > 0 ? "+" : ""}${short(now.dot)}`, middle));
  if (shows.angle && now.angle) {
    const half = Math.atan2(b[1], b[0]) + (Math.sign(now.cross || 1) * now.angle) / 2;
    found.push(word(plot, "degrees", degrees(now.angle), [0, 0], [52 * Math.cos(half), -52 * Math.sin(half)]));
  }
  return found;
}
