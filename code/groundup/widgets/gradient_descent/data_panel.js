// kit: elements numbers axes plot handles
// Left: the data, the line, its residuals, and two handles to move the line by.

const MANY = 60; // points: from here on they are small, and their squares a wash of color

const written = ([b, m]) => `ŷ = ${number(b)} ${m < 0 ? "−" : "+"} ${number(Math.abs(m))} x`;

function dataPanel({ grab, hold, drop, plain, signal }) {
  const title = plain ? "A line through four points" : "The line";
  const { node, picture, value } = panel(title, "The data and the line");
  const grips = ["Left", "Right"].map((side) => grip("gu-gd-line-grip", `${side} handle of the line`));
  const points = svg("path", { class: "gu-gd-points" });
  const squares = svg("path", { class: "gu-gd-squares" });
  const residuals = svg("path", { class: "gu-gd-residuals" });
  const best = svg("line", { class: "gu-gd-best" });
  const equation = svg("text", { class: "gu-halo gu-gd-equation" });
  const line = svg("line", { class: "gu-gd-line" });
  let [plot, ends, state] = [];

  const predict = (x) => state.w[0] + state.w[1] * x;
  // Moving one end turns the line about the other.
  const turn = (which, height) => {
    const [moved, fixed] = [ends[which], ends[1 - which]];
    const slope = (height - predict(fixed)) / (moved - fixed);
    grab([height - slope * moved, slope]);
  };
  grips.forEach((node, which) =>
    draggable(node, {
      plot: () => plot,
      where: () => [ends[which], predict(ends[which])],
      to: ([, height]) => turn(which, height),
      upright: true,
      begin: hold, end: drop, signal,
    }));

  function layout(now, width, height) {
    state = now;
    const { x, y } = state.q;
    const [low, high] = [Math.min(...x), Math.max(...x)];
    const span = high - low;
    const xs = [low - 0.08 * span, high + 0.08 * span];
    ends = [low + 0.1 * span, high - 0.1 * span];
    // The lines that runs start with have to be in sight, unless they are far away.
    const [dataLow, dataHigh] = [Math.min(...y), Math.max(...y)];
    const tall = dataHigh - dataLow || Math.abs(dataHigh) || 1;
    const home = [state.home, ...state.starts].flatMap(([b, m]) => ends.map((v) => b + m * v));
    const ys = [
      Math.max(Math.min(dataLow, ...home), dataLow - 1.5 * tall) - 0.1 * tall,
      Math.min(Math.max(dataHigh, ...home), dataHigh + 1.5 * tall) + 0.1 * tall,
    ];
    plot = lay(picture, width, height, xs, ys);
    points.setAttribute("d", dots(x.map((v, i) => plot.pixel([v, y[i]]))));
    points.setAttribute("stroke-width", x.length > MANY ? 5 : 9);
    node.classList.toggle("gu-gd-many", x.length > MANY);
    stretch(best, state.q.optimum);
    plot.clipped.append(squares, residuals, points, best, line, equation);
    const right = state.q.optimum[1] >= 0; // the lower corner that the best line is far from
    const corner = { x: right ? plot.x.to - 10 : plot.x.from + 10, y: plot.y.from - 12 };
    fill(equation, { ...corner, "text-anchor": right ? "end" : "start" }, []);
    equation.textContent = answer();
    picture.append(axes(plot.x, plot.y, state.names), ...grips);
    draw(state);
  }

  const answer = () => `best: ${written(state.q.optimum)}`;

  function stretch(node, [intercept, slope]) {
    const { from, to, low, high } = plot.x;
    const [y1, y2] = [low, high].map((x) => at(plot.y(intercept + slope * x)));
    fill(node, { x1: from, x2: to, y1, y2 }, []);
  }

  function draw(now) {
    state = now;
    const { x, y } = state.q;
    stretch(line, state.w);
    best.style.display = state.show.best ? "" : "none"; // first a guess, then the answer
    equation.style.display = state.show.best && !plain ? "" : "none";
    let [sticks, areas] = ["", ""];
    const middle = plot.box.x + plot.box.width / 2;
    for (let i = 0; i < x.length; i += 1) {
      const [px, py] = plot.pixel([x[i], y[i]]);
      const off = plot.y(predict(x[i])) - py;
      if (state.show.residuals) sticks += `M${at(px)} ${at(py)}v${at(off)}`;
      const side = px < middle ? Math.abs(off) : -Math.abs(off); // stays in the picture
      if (state.show.squares) areas += `M${at(px)} ${at(py)}v${at(off)}h${at(side)}v${at(-off)}z`;
    }
    residuals.setAttribute("d", sticks);
    squares.setAttribute("d", areas);
    const [b, m] = state.w;
    if (!plain) value.textContent = written([b, m]);
    grips.forEach((node, i) => {
      const height = predict(ends[i]);
      put(node, plot, [ends[i], height], height, `predicts ${number(height)} at ${number(ends[i])}`);
    });
  }
  return { node, layout, draw, answer };
}
