// kit: elements numbers axes plot handles
// The picture: a plane with two arrows, and what their dot product says drawn into it.

const REACH = 5; // entries go from −5 to 5, and so does the plane
const HEAD = 13; // pixels of an arrow's head
const ARC = 30; // radius of the mark of the angle

const path = (...points) => `M${points.map(([x, y]) => `${at(x)} ${at(y)}`).join("L")}`;
const plus = ([x, y], [dx, dy], times = 1) => [x + times * dx, y + times * dy];
// The vector turned by a right angle, clockwise as one looks at the plane.
const turned = ([x, y]) => [y, -x];

function planePanel({ move, slide, hold, drop, movable, signal }) {
  const { node, picture } = panel("Two arrows", "The plane with the arrows a and b");
  const layers = Object.fromEntries(
    ["grid", "line", "area", "frame", "left", "corner", "shadow", "stick", "arc"].map((name) => [name, svg("path", { class: `gu-ar-${name}` })]));
  const arrows = Object.fromEntries(["b", "a"].map((name) => [name, arrow(name)]));
  const words = svg("g", { "aria-hidden": "true" });
  const grips = Object.fromEntries(["a", "b"].map((name) => [name, grip(`gu-ar-${name}`, `Tip of arrow ${name}`)]));
  const foot = grip("gu-ar-foot", "Multiple of b");
  const held = svg("g", {}, ...(movable ? [grips.b, grips.a] : []));
  let [plot, state] = [];

  const common = { plot: () => plot, begin: hold, end: drop, signal };
  for (const name of ["a", "b"]) {
    draggable(grips[name], { ...common, where: () => state[name], to: (point) => move(name, point) });
  }
  draggable(foot, { ...common, where: () => state.b.map((v) => state.t * v), to: slide });

  function layout(now, width) {
    const side = clamp(width - MARGIN.left, 180, 400);
    plot = lay(picture, side + MARGIN.left, side + MARGIN.top + MARGIN.bottom, [-REACH, REACH], [-REACH, REACH]);
    const whole = Array.from({ length: 2 * REACH + 1 }, (_, k) => k - REACH);
    const across = whole.flatMap((v) => [path(...[[v, -REACH], [v, REACH]].map(plot.pixel)), path(...[[-REACH, v], [REACH, v]].map(plot.pixel))]);
    layers.grid.setAttribute("d", across.join(""));
    const zero = svg("path", { class: "gu-ar-zero", d: path(plot.pixel([-REACH, 0]), plot.pixel([REACH, 0])) + path(plot.pixel([0, -REACH]), plot.pixel([0, REACH])) });
    const { grid, shadow, ...others } = layers;
    plot.clipped.append(grid, zero, ...Object.values(others), arrows.b.node, shadow, arrows.a.node, words);
    picture.append(axes(plot.x, plot.y, { x: "first entry", y: "second entry" }), held);
    draw(now);
  }

  function draw(now) {
    state = now;
    const { a, b, t, shows, now: found } = state;
    const tip = Object.fromEntries(Object.entries({ a, b }).map(([name, v]) => [name, plot.pixel(v)]));
    const drawn = { ...outlines(plot, state), arc: shows.angle ? arc(plot, found, b) : "" };
    for (const name of ["line", "area", "frame", "left", "corner", "shadow", "stick", "arc"]) layers[name].setAttribute("d", drawn[name] ?? "");
    layers.area.classList.toggle("gu-ar-minus", found.dot < 0);
    for (const name of ["a", "b"]) {
      arrows[name].draw(plot.pixel([0, 0]), tip[name], movable);
      put(grips[name], plot, state[name], Math.hypot(...state[name]), `${name} is ${pair(state[name])}`);
    }
    if (!shows.stick) foot.remove();
    else if (!foot.isConnected) held.prepend(foot); // not while it is held: it would be let go
    put(foot, plot, b.map((v) => t * v), t, `${short(t)} times b, distance ${short(distance(a, b, t))}`);
    words.replaceChildren(...labels(plot, state));
  }
  return { node, layout, draw };
}

function arrow(name) {
  const [shaft, head] = [svg("path", { class: "gu-ar-shaft" }), svg("path", { class: "gu-ar-head" })];
  // Where a tip can be gripped the head ends at the grip, which is a disk of radius 8.
  function draw(from, to, gripped) {
    const long = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const free = long - (gripped ? 8 : 0);
    const along = long ? [(to[0] - from[0]) / long, (to[1] - from[1]) / long] : [0, 0];
    const end = plus(from, along, free);
    const base = plus(from, along, Math.max(0, free - HEAD));
    shaft.setAttribute("d", path(from, base));
    const wing = [-along[1], along[0]];
    head.setAttribute("d", free > 4 ? `${path(end, plus(base, wing, 6), plus(base, wing, -6))}z` : "");
  }
  return { node: svg("g", { class: `gu-ar-arrow gu-ar-${name}` }, shaft, head), draw };
}
