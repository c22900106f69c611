// Right: the loss over all lines, its contours, the path of the descent, and the ball.

const RING = 1.5; // each contour has 1.5 times the radius of the one inside it

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
  const pixel = ([b, m]) => [plot.x(b), plot.y(m)];

  handle(ball, {
    signal,
    begin: hold,
    end: drop,
    place: () => {
      const [x, y] = pixel(state.w);
      return [clamp(x, plot.x.from, plot.x.to), clamp(y, plot.y.to, plot.y.from)];
    },
    move: (x, y) =>
      grab([
        plot.x.invert(clamp(x, plot.x.from, plot.x.to)),
        plot.y.invert(clamp(y, plot.y.to, plot.y.from)),
      ]),
    nudge: (dx, dy) =>
      grab([
        state.w[0] + (dx * (plot.x.high - plot.x.low)) / 100,
        state.w[1] + (dy * (plot.y.high - plot.y.low)) / 100,
      ]),
  });

  // The picture is the box around the contour on which the data set's start lies.
  function reach({ q, home }) {
    const [[a], [, c]] = q.hessian;
    const spread = loss(q.x, q.y, [q.optimum[0] + Math.sqrt(2 / a), q.optimum[1]]) - q.minimum;
    const excess = Math.max(loss(q.x, q.y, home) - q.minimum, 1e-6 * q.minimum, 1e-12 * spread);
    const det = q.steep.value * q.flat.value;
    const half = [c, a].map((entry) => 1.15 * Math.sqrt((2 * excess * entry) / det));
    return { excess, ranges: half.map((h, i) => [q.optimum[i] - h, q.optimum[i] + h]) };
  }

  // The contour of excess loss e is a circle of radius 1 seen through this matrix.
  function ring({ q }, excess) {
    const [x0, y0] = pixel(q.optimum);
    const columns = [q.flat, q.steep].map(({ value, vector: [b, m] }) => {
      const length = Math.sqrt((2 * excess) / value);
      return pixel([q.optimum[0] + length * b, q.optimum[1] + length * m]);
    });
    const [[fx, fy], [sx, sy]] = columns;
    return [fx - x0, fy - y0, sx - x0, sy - y0, x0, y0];
  }

  function contours(excess) {
    const group = svg("g", { class: "gu-gd-rings" });
    const labels = svg("g", { "aria-hidden": "true" });
    const size = Math.hypot(plot.box.width, plot.box.height);
    let drawn = [];
    for (let power = -5; power < 24; power += 1) {
      const level = excess * RING ** (2 * power);
      const matrix = ring(state, level);
      if (power > 0 && Math.hypot(matrix[2], matrix[3]) > size) break;
      const transform = `matrix(${matrix.join(" ")})`;
      drawn.push(svg("circle", { r: 1, transform, class: power > 0 && "gu-gd-outer" }));
      const [fx, fy, , , x0, y0] = matrix;
      const side = fy > 0.2 * Math.abs(fx) || (fy > -0.2 * Math.abs(fx) && fx < 0) ? 1 : -1;
      const [x, y] = [x0 + side * fx, y0 + side * fy];
      const inside = x > plot.x.from + 24 && x < plot.x.to - 24;
      if (power % 2 && power > -4 && inside && y > plot.y.to + 12 && y < plot.y.from - 12) {
        const text = number(round(state.q.minimum + level, 2), 2);
        labels.append(svg("text", { class: "gu-halo gu-gd-level", x, y: y + 4 }, text));
      }
    }
    group.append(...drawn.reverse());
    return [group, labels];
  }

  // The eigenvectors of the Hessian, from edge to edge through the optimum. The steep one
  // has its name at the upper end and the flat one at the lower, so that they never meet.
  function eigenDirections({ q }) {
    const [x0, y0] = pixel(q.optimum);
    const [wide, tall] = [plot.box.width / 2, plot.box.height / 2];
    const lines = ["steep", "flat"].map((name) => {
      const [b, m] = q[name].vector;
      const [x, y] = pixel([q.optimum[0] + b, q.optimum[1] + m]);
      const [ux, uy] = unit([x - x0, y - y0]);
      const edge = Math.min(wide / Math.abs(ux), tall / Math.abs(uy)) ;
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
    const [x, y] = pixel(state.q.optimum);
    eigenDirections(state);
    optimum.replaceChildren(
      svg("circle", { class: "gu-gd-optimum", cx: x, cy: y, r: 5 }),
      svg("text", { class: "gu-halo gu-gd-optimum-name", x: x + 12, y: y + 4 }, plain ? "lowest point" : "minimum"),
    );
    plot.clipped.append(
      ...contours(excess).slice(0, plain ? 1 : 2), // numbers of a loss say nothing as yet
      directions,
      path,
      trail,
      start,
      optimum,
    );
    picture.append(axes(plot.x, plot.y, { x: "intercept", y: "slope" }), ball);
    draw(state);
  }

  function draw(now) {
    state = now;
    const points = state.path.slice(0, state.step + 1).map(pixel);
    const here = pixel(state.w);
    trail.setAttribute("d", dots(points.slice(0, 400)));
    path.setAttribute("points", polyline([...points, here]));
    [["cx", 0], ["cy", 1]].forEach(([name, i]) => start.setAttribute(name, at(points[0][i])));
    optimum.style.display = state.show.best ? "" : "none";
    directions.style.display = state.show.directions ? "" : "none";
    const [b, m] = state.w;
    const words = `intercept ${number(b)}, slope ${number(m)}, ${plain ? `typical miss ${number(Math.sqrt(state.loss))}` : `loss ${number(state.loss)}`}`;
    const outside = put(ball, ...here, plot.box, state.loss, words);
    if (!plain) value.textContent = `${outside ? "off the map, " : ""}L = ${number(state.loss)}`;
  }
  return { node, layout, draw };
}
