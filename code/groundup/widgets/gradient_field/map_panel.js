// kit: elements numbers axes plot handles
// Left: contours seen from above, the gradient at every point of a grid, and the one point
// that the reader holds with its steepest descent and a direction.

const GAP = 38; // pixels between the arrows of the field
const SPOKE = 72; // pixels of the arrow of the chosen direction
const SHORTEST = 26; // pixels of a gradient's arrow, where there is room for them

// How many pixels an arrow may be long before its tip, with its stroke, leaves the frame.
function roomFor([x, y], [dx, dy], box) {
  const along = (from, by, low, high) => (by === 0 ? Infinity : ((by > 0 ? high - 2 : low + 2) - from) / by);
  const most = Math.min(along(x, dx, box.x, box.x + box.width), along(y, dy, box.y, box.y + box.height));
  return Math.max(0, most * Math.hypot(dx, dy));
}

// An arrow of some pixels with a head that is never longer than half of it.
function arrow([x, y], [dx, dy], style) {
  const length = Math.hypot(dx, dy);
  if (length < 1) return svg("circle", { cx: at(x), cy: at(y), r: 1.5, class: `${style} gu-gf-level` });
  const head = Math.min(9, length / 2);
  const [ux, uy] = [dx / length, dy / length];
  const [ex, ey] = [x + dx, y + dy];
  const wing = (side) => `${at(ex - head * (ux + side * 0.5 * uy))} ${at(ey - head * (uy - side * 0.5 * ux))}`;
  return svg("path", { class: style, d: `M${at(x)} ${at(y)}L${at(ex)} ${at(ey)}M${wing(1)}L${at(ex)} ${at(ey)}L${wing(-1)}` });
}

function mapPanel({ movePoint, turn, rest, signal }) {
  const { node, picture, value } = panel("Seen from above", "Contours and gradients");
  const field = svg("g", { class: "gu-gf-field", "aria-hidden": "true" });
  const mine = svg("g");
  const here = grip("gu-gf-here", "The point");
  const tip = grip("gu-gf-tip", "The chosen direction");
  let [plot, state] = [];
  const begin = () => {};

  draggable(here, { plot: () => plot, where: () => state.point, to: movePoint, begin, end: rest, signal });
  const ray = () => {
    const angle = (state.direction * Math.PI) / 180;
    const unit = [Math.cos(angle), -Math.sin(angle)];
    const size = Math.min(SPOKE, roomFor(plot.pixel(state.point), unit, plot.box));
    return unit.map((v) => size * v);
  };
  const spoke = () => {
    const [[x, y], [dx, dy]] = [plot.pixel(state.point), ray()];
    return [plot.x.invert(x + dx), plot.y.invert(y + dy)];
  };
  draggable(tip, {
    plot: () => plot,
    where: spoke,
    to: ([x, y]) => turn(degreesOf([x - state.point[0], y - state.point[1]])),
    begin, end: rest, signal,
  });
  // An arrow key turns the direction, rather than moving its tip.
  tip.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: 1, ArrowUp: 1, ArrowRight: -1, ArrowDown: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    turn(state.direction + by * (event.shiftKey ? 15 : 1));
    rest();
  }, { signal, capture: true });
  picture.addEventListener("click", (event) => {
    if (event.target.closest(".gu-grip")) return;
    const box = picture.getBoundingClientRect();
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    if (plot.within([px, py]).some((v, i) => v !== [px, py][i])) return;
    movePoint([plot.x.invert(px), plot.y.invert(py)]);
    rest();
  }, { signal });

  // Both axes have one scale: only then is the gradient at a right angle to the contour.
  function layout(now, width, height) {
    state = now;
    const { left, right, top, bottom } = MARGIN;
    const wide = (REACH * (width - left - right)) / (height - top - bottom);
    plot = lay(picture, width, height, [-wide, wide], [-REACH, REACH]);
    const grid = sampled(state.chosen.f, [-wide, wide], [-REACH, REACH]);
    const rings = state.chosen.levels.map((level) => svg("path", { d: contourPath(grid, level, plot.pixel) }));
    plot.clipped.append(svg("g", { class: "gu-gf-contours" }, ...rings), field, mine);
    picture.append(axes(plot.x, plot.y, { x: "x", y: "y" }), tip, here);
    arrows();
    draw(state);
  }
  // Each arrow is the gradient times one number, so that most fit between two others; the
  // longest are cut to the same length. Its middle is at its place, so none leaves the frame.
  function arrows() {
    const { box } = plot;
    const counts = [box.width, box.height].map((size) => Math.floor(size / GAP));
    const found = [];
    for (let i = 0; i < counts[0]; i += 1) {
      for (let j = 0; j < counts[1]; j += 1) {
        const place = [box.x + (box.width * (i + 0.5)) / counts[0], box.y + (box.height * (j + 0.5)) / counts[1]];
        found.push([place, state.chosen.gradient(plot.x.invert(place[0]), plot.y.invert(place[1]))]);
      }
    }
    const lengths = found.map(([, g]) => Math.hypot(...g));
    const long = lengths.toSorted((a, b) => a - b)[Math.floor(0.8 * lengths.length)];
    field.replaceChildren(...found.map(([place, [gx, gy]], k) => {
      const size = (0.9 * GAP) / Math.max(long, lengths[k]);
      const [dx, dy] = [size * gx, -size * gy];
      return arrow([place[0] - dx / 2, place[1] - dy / 2], [dx, dy], "gu-gf-arrow");
    }));
  }
  function draw(now) {
    state = now;
    const { point, direction, gradient: [gx, gy], length } = state;
    field.style.display = state.field ? "" : "none";
    const from = plot.pixel(point);
    // Up and down are equally long; near the frame, the one that would leave it ends there.
    const ways = [[gx, -gy], [-gx, gy]];
    const rooms = ways.map((way) => roomFor(from, way, plot.box));
    const fits = Math.max(SHORTEST, Math.min(...rooms));
    const long = length > SMALL ? Math.min(fits, clamp((SPOKE * length) / 3, SHORTEST, 1.4 * SPOKE)) : 0;
    const [up, down] = ways.map((way, k) => way.map((v) => (long && (Math.min(long, rooms[k]) * v) / length)));
    mine.replaceChildren(
      arrow(from, ray(), "gu-gf-direction"),
      arrow(from, up, "gu-gf-up"),
      arrow(from, down, "gu-gf-down"),
    );
    tip.style.display = state.turns ? "" : "none";
    mine.firstChild.style.display = state.turns ? "" : "none";
    put(here, plot, point, state.chosen.f(...point), `x = ${short(point[0])}, y = ${short(point[1])}, f = ${number(state.chosen.f(...point))}`);
    put(tip, plot, spoke(), direction, `${Math.round(direction)} degrees, slope ${number(state.slope)}`);
    value.textContent = `f = ${number(state.chosen.f(...point))}`;
  }
  return { node, layout, draw };
}
