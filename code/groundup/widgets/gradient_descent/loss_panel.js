// kit: elements numbers axes plot contours handles
// Right: the loss over all lines, its contours, the path of the descent, and the ball.

function lossPanel({ grab, hold, drop, plain, signal }) {
  const [title, label] = plain
    ? ["The same line, as a ball in a valley", "The valley: how far off each line is"]
    : ["The loss of every line", "Contours of the loss"];
  const { node, picture, value } = panel(title, label);
  const ball = grip("gu-gd-ball", plain ? "Ball: the line as a point of the valley" : "Ball: the line as a point on the loss");
  const path = svg("polyline", { class: "gu-gd-path" });
  const trail = svg("path", { class: "gu-gd-trail" });
  const start = svg("circle", { class: "gu-gd-start", r: 5 });
  const names = {
    steep: svg("text", { class: "gu-halo" }, "steep"),
    flat: svg("text", { class: "gu-halo" }, "flat"),
  };
  const optimum = svg("g");
  const directions = svg("g", { class: "gu-gd-directions" });
  let [plot, state] = [];

  draggable(ball, { plot: () => plot, where: () => state.w, to: grab, begin: hold, end: drop, signal });

  // The picture is the box around the contour on which the data set's start lies.
  function reach({ q, home }) {
    const [[a], [, c]] = q.hessian;
    const spread = loss(q.x, q.y, [q.optimum[0] + Math.sqrt(2 / a), q.optimum[1]]) - q.minimum;
    const excess = Math.max(loss(q.x, q.y, home) - q.minimum, 1e-6 * q.minimum, 1e-12 * spread);
    const det = q.steep.value * q.flat.value;
    const half = [c, a].map((entry) => 1.15 * Math.sqrt((2 * excess * entry) / det));
    return { excess, ranges: half.map((h, i) => [q.optimum[i] - h, q.optimum[i] + h]) };
  }

  // The eigenvectors of the Hessian, from edge to edge through the optimum. The steep one
  // has its name at the upper end and the flat one at the lower, so that they never meet.
  function eigenDirections({ q }) {
    const [x0, y0] = plot.pixel(q.optimum);
    const [wide, tall] = [plot.box.width / 2, plot.box.height / 2];
    const lines = ["steep", "flat"].map((name) => {
      const [b, m] = q[name].vector;
      const [x, y] = plot.pixel([q.optimum[0] + b, q.optimum[1] + m]);
      const [ux, uy] = unit([x - x0, y - y0]);
      const edge = Math.min(wide / Math.abs(ux), tall / Math.abs(uy));
      const toEnd = (name === "steep" ? uy > 0 : uy < 0) ? -edge : edge;
      const [dx, dy] = [ux * toEnd, uy * toEnd];
      fill(names[name], {
        x: x0 + dx + (dx < 0 ? 10 : -10),
        y: y0 + dy + (dy < 16 - tall ? 18 : -10),
        "text-anchor": dx < 0 ? "start" : "end",
      }, []);
      return svg("line", { x1: x0 - dx, y1: y0 - dy, x2: x0 + dx, y2: y0 + dy });
    });
    directions.replaceChildren(...lines, ...Object.values(names));
  }

  function layout(now, width, height) {
    state = now;
    const { excess, ranges } = reach(state);
    plot = lay(picture, width, height, ...ranges);
    const [x, y] = plot.pixel(state.q.optimum);
    eigenDirections(state);
    optimum.replaceChildren(
      svg("circle", { class: "gu-gd-optimum", cx: x, cy: y, r: 5 }),
      svg("text", { class: "gu-halo gu-gd-optimum-name", x: x + 12, y: y + 4 }, plain ? "lowest point" : "minimum"),
    );
    const [rings, numbers] = contours(plot, state.q, excess);
    plot.clipped.append(rings);
    if (!plain) plot.clipped.append(numbers); // of a loss that is not explained as yet
    plot.clipped.append(directions, path, trail, start, optimum);
    picture.append(axes(plot.x, plot.y, { x: "intercept", y: "slope" }), ball);
    draw(state);
  }

  function draw(now) {
    state = now;
    const points = state.path.slice(0, state.step + 1).map(plot.pixel);
    trail.setAttribute("d", dots(points.slice(0, 400)));
    path.setAttribute("points", polyline([...points, plot.pixel(state.w)]));
    fill(start, { cx: at(points[0][0]), cy: at(points[0][1]) }, []);
    optimum.style.display = state.show.best ? "" : "none";
    directions.style.display = state.show.directions ? "" : "none";
    const [b, m] = state.w;
    const height = plain ? `typical miss ${number(Math.sqrt(state.loss))}` : `loss ${number(state.loss)}`;
    const outside = put(ball, plot, state.w, state.loss, `intercept ${number(b)}, slope ${number(m)}, ${height}`);
    if (!plain) value.textContent = `${outside ? "off the map, " : ""}L = ${number(state.loss)}`;
  }
  return { node, layout, draw };
}
