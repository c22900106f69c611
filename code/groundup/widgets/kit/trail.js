// kit: elements numbers axes plot slider
// A number after each step, on a logarithmic axis, and a slider to go back and forth.

// `name` is what the number is called; `go` gets the step that is asked for. What is drawn
// are the `values` up to a `step`, in a picture of `horizon` steps, and the `least` value.
function trailPanel(name, { go, rest }) {
  const label = `${name[0].toUpperCase()}${name.slice(1)} against step`;
  const { node, picture, value } = panel(`The ${name} after each step`, label);
  picture.setAttribute("role", "img");
  const curve = svg("polyline", { class: "gu-path" });
  const marks = svg("path", { class: "gu-steps" });
  const now = svg("circle", { class: "gu-now", r: 6 });
  const scrub = slider("Step", { max: 1, change: go, rest, style: "gu-rail gu-scrub" });
  node.append(scrub.node);
  let plot, size, drawn;

  // From a little below the smallest value there can be to a little above the largest seen,
  // but not so far up that a diverging run hides everything else.
  function bounds({ least, values }) {
    const first = values[0];
    const floor = Math.max(least, Math.max(...values.filter(Number.isFinite)) * 1e-9);
    const top = Math.min(Math.max(...values), Math.max(first, floor * 1.01) * 1e3);
    const [low, high] = [Math.log10(floor), Math.log10(top)];
    const room = Math.max(high - low, 0.3) * 0.08;
    return [low - room, Math.max(high, low + 0.3) + room];
  }

  function layout(state, width, height) {
    size = [width, height];
    drawn = "";
    draw(state);
  }

  function ground(state) {
    const [low, high] = bounds(state);
    const key = [...size, state.horizon, low.toFixed(3), high.toFixed(3)].join();
    if (key === drawn) return;
    drawn = key;
    plot = lay(picture, ...size, [0, state.horizon], [low, high], { ...MARGIN, bottom: 22 });
    const floor = plot.y(Math.log10(Math.max(state.least, 1e-300)));
    const [y1, y2] = [at(floor), at(floor)];
    const line = svg("line", { class: "gu-least", x1: plot.x.from, x2: plot.x.to, y1, y2 });
    const place = { x: plot.x.to - 4, y: at(floor - 6), "text-anchor": "end" };
    const text = svg("text", { class: "gu-halo", ...place }, `minimum ${number(state.least)}`);
    plot.clipped.append(line, curve, marks, svg("g", { class: "gu-best" }, text));
    picture.append(axes(plot.x, plot.y, { x: "", y: name }, { yTicks: powers(low, high) }), now);
  }

  function draw(state) {
    ground(state);
    const { step, values, horizon } = state;
    const height = (value) => plot.y(Math.log10(Math.max(value, 10 ** (plot.y.low - 1))));
    const points = values.map((v, k) => [plot.x(k), Number.isFinite(v) ? height(v) : -1e5]);
    curve.setAttribute("points", polyline(points));
    marks.setAttribute("d", horizon > 80 ? "" : dots(points));
    const [cx, cy] = plot.within(points.at(-1)).map(at);
    fill(now, { cx, cy }, []);
    scrub.draw({ value: step, words: `step ${step}`, most: horizon });
    value.textContent = `step ${step}`;
    const [from, to] = [values[0], values[step]].map((v) => number(v));
    picture.setAttribute("aria-label", `${label}: from ${from} to ${to}`);
  }
  return { node, layout, draw };
}
