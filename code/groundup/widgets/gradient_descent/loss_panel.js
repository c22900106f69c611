// kit: elements numbers axes plot contours handles
// Right: the loss over all lines, its contours, the path of the descent, and the ball.

function lossPanel({ grab, hold, drop, plain, signal }) {
  const [title, label] = plain
    ? ["The same line, as a ball in a valley", "The valley: how far off each line is"]
    : ["The loss of every line", "Contours of the loss"];
  const { node, picture, value } = panel(title, label);
  const ball = grip("gu-gd-ball", plain ? "Ball: the line as a point of the valley" : "Ball: the line as a point on the loss");
  const path = svg("polyline", { class: "gu-path" });
  const trail = svg("path", { class: "gu-steps" });
  const start = svg("circle", { class: "gu-gd-start", r: 5 });
  const optimum = svg("g", { class: "gu-best" });
  let [plot, state, steepAndFlat] = [];

  draggable(ball, { plot: () => plot, where: () => state.w, to: grab, begin: hold, end: drop, signal });

  function layout(now, width, height) {
    state = now;
    const { excess, ranges } = around(state.q, state.home);
    plot = lay(picture, width, height, ...ranges);
    const [x, y] = plot.pixel(state.q.optimum);
    optimum.replaceChildren(
      svg("circle", { class: "gu-gd-optimum", cx: x, cy: y, r: 5 }),
      svg("text", { class: "gu-halo", x: x + 12, y: y + 4 }, plain ? "lowest point" : "minimum"),
    );
    const [rings, numbers] = contours(plot, state.q, excess);
    plot.clipped.append(rings);
    steepAndFlat = directions(plot, state.q);
    plot.clipped.append(steepAndFlat, path, trail, start, optimum);
    if (!plain) plot.clipped.append(numbers); // of a loss that is not explained as yet
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
    steepAndFlat.style.display = state.show.directions ? "" : "none";
    const [b, m] = state.w;
    const height = plain ? `typical miss ${number(Math.sqrt(state.loss))}` : `loss ${number(state.loss)}`;
    const outside = put(ball, plot, state.w, state.loss, `intercept ${number(b)}, slope ${number(m)}, ${height}`);
    if (!plain) value.textContent = `${outside ? "off the map, " : ""}L = ${number(state.loss)}`;
  }
  return { node, layout, draw };
}
