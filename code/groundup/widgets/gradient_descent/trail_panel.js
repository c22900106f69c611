// kit: elements numbers axes plot slider
// Below: the loss after each step, on a logarithmic axis, and a slider to go back and forth.

function trailPanel({ go, rest }) {
  const { node, picture, value } = panel("The loss after each step", "Loss against step");
  picture.setAttribute("role", "img");
  const curve = svg("polyline", { class: "gu-gd-path" });
  const marks = svg("path", { class: "gu-gd-trail" });
  const now = svg("circle", { class: "gu-gd-now", r: 6 });
  const scrub = slider("Step", { max: HORIZON, change: go, rest, style: "gu-rail gu-gd-scrub" });
  node.append(scrub.node);
  let plot, size, drawn;

  // From a little below the smallest loss there can be to a little above the largest seen,
  // but not so far up that a diverging run hides everything else.
  function bounds({ q, losses }) {
    const first = losses[0];
    const floor = Math.max(q.minimum, Math.max(...losses.filter(Number.isFinite)) * 1e-9);
    const top = Math.min(Math.max(...losses), Math.max(first, floor * 1.01) * 1e3);
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
    const floor = plot.y(Math.log10(Math.max(state.q.minimum, 1e-300)));
    const least = svg("line", {
      class: "gu-gd-least", x1: plot.x.from, x2: plot.x.to, y1: at(floor), y2: at(floor),
    });
    const name = svg("text", {
      class: "gu-halo gu-gd-optimum-name", x: plot.x.to - 4, y: at(floor - 6), "text-anchor": "end",
    }, `minimum ${number(state.q.minimum)}`);
    plot.clipped.append(least, curve, marks, name);
    picture.append(axes(plot.x, plot.y, { x: "", y: "loss" }, { yTicks: powers(low, high) }), now);
  }

  function draw(state) {
    ground(state);
    const { step, losses, horizon } = state;
    const height = (value) => plot.y(Math.log10(Math.max(value, 10 ** (plot.y.low - 1))));
    const points = losses.map((v, k) => [plot.x(k), Number.isFinite(v) ? height(v) : -1e5]);
    curve.setAttribute("points", polyline(points));
    marks.setAttribute("d", horizon > 80 ? "" : dots(points));
    const [cx, cy] = plot.within(points.at(-1)).map(at);
    fill(now, { cx, cy }, []);
    scrub.draw({ value: step, words: `step ${step}`, most: horizon });
    value.textContent = `step ${step}`;
    picture.setAttribute("aria-label",
      `Loss against step: from ${number(losses[0])} to ${number(losses[step])}`);
  }
  return { node, layout, draw };
}
