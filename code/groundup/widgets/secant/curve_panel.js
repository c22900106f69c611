// kit: elements numbers axes plot handles
// Left: the curve, its tangent at x, the secant, and the two points the secant runs through.

const CLOSE = 1.7; // the zoomed picture reaches so many h to either side

function curvePanel({ moveX, moveH, rest, signal }) {
  const { node, picture, value } = panel("The curve", "The curve, its tangent and a secant");
  const curve = svg("polyline", { class: "gu-sc-curve" });
  const touching = svg("line", { class: "gu-sc-tangent" });
  const through = svg("line", { class: "gu-sc-secant" });
  const marks = svg("path", { class: "gu-sc-marks" });
  const here = grip("gu-sc-here", "Point x, where the slope is asked for");
  const there = grip("gu-sc-there", "Second point, x + h");
  let [plot, size, state] = [];

  const begin = () => {};
  draggable(here, { plot: () => plot, where: () => [state.x, state.chosen.f(state.x)], to: ([x]) => moveX(x), begin, end: rest, signal });
  draggable(there, {
    plot: () => plot,
    where: () => [state.x + state.h, state.chosen.f(state.x + state.h)],
    to: ([x]) => moveH(x - state.x),
    begin, end: rest, signal,
  });

  // What is drawn: in the plane of x and f, or, zoomed, in units of h around the point.
  function view({ chosen: { f, x: xs, y: ys }, x, h, zoom, exact }) {
    if (!zoom) return { xs, ys, names: { x: "x", y: "f(x)" }, f, from: [x, f(x)], h };
    const tall = CLOSE * Math.max(Math.abs(exact ?? 1), 0.5) * 1.3;
    const names = { x: "distance from x, in units of h", y: "rise, in units of h" };
    const rise = (u) => (f(x + u * h) - f(x)) / h; // as the computer has it, steps and all
    return { xs: [-CLOSE, CLOSE], ys: [-tall, tall], names, f: rise, from: [0, 0], h: 1 };
  }
  function straight(node, [x, y], slope) {
    const { low, high } = plot.x;
    const [[x1, y1], [x2, y2]] = [low, high].map((t) => plot.pixel([t, y + slope * (t - x)]).map(at));
    fill(node, { x1, y1, x2, y2 }, []);
  }
  function layout(now, width, height) {
    size = [width, height];
    draw(now);
  }
  function draw(now) {
    state = now;
    const { xs, ys, names, f, from, h } = view(state);
    plot = lay(picture, ...size, xs, ys);
    const [low, high] = xs;
    const samples = Array.from({ length: 401 }, (_, k) => low + (k / 400) * (high - low));
    curve.setAttribute("points", polyline(samples.map((t) => plot.pixel([t, f(t)]))));
    const ends = [state.rule === "central" ? from[0] - h : from[0], from[0] + h].map((t) => [t, f(t)]);
    straight(through, ends[1], state.quotient);
    touching.style.display = state.exact === null ? "none" : "";
    if (state.exact !== null) straight(touching, from, state.exact);
    marks.setAttribute("d", dots(ends.map(plot.pixel)));
    plot.clipped.append(curve, touching, through, marks);
    const few = [plot.x, plot.y].map((axis) => ticks(axis.low, axis.high, Math.max(4, Math.abs(axis.to - axis.from) / 70)));
    picture.append(axes(plot.x, plot.y, names, { xTicks: few[0], yTicks: few[1] }));
    for (const [each, point, told] of [[there, ends[1], `h = ${stepText(state.h)}`], [here, from, `x = ${number(state.x)}`]]) {
      put(each, plot, point, point[0], told);
      if (!state.zoom) picture.append(each); // zoomed, the points stay where they are
    }
    value.textContent = `secant ${number(state.quotient, 4)}`;
  }
  return { node, layout, draw };
}
