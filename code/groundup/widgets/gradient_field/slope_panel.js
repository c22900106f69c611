// kit: elements numbers axes plot handles
// Right: the slope in every direction, and the chosen one.

function slopePanel({ turn, rest, signal }) {
  const { node, picture, value } = panel("Slope by direction", "Slope against direction");
  const curve = svg("polyline", { class: "gu-gf-curve" });
  const level = svg("line", { class: "gu-gf-zero" });
  const ends = ["up", "down"].map((way) => svg("circle", { class: `gu-gf-${way}-mark`, r: 5 }));
  const names = ["steepest ascent", "steepest descent"].map((text, k) =>
    svg("text", { class: `gu-halo gu-gf-${k ? "down" : "up"}-name` }, text));
  const ball = grip("gu-gf-tip", "The direction of now");
  let [plot, state] = [];
  draggable(ball, { plot: () => plot, where: () => [state.direction, state.slope], to: ([degrees]) => turn(degrees), begin: () => {}, end: rest, signal });

  function layout(now, width, height) {
    const most = now.chosen.steepest;
    plot = lay(picture, width, height, [0, 360], [-most, most]);
    const xTicks = [0, 90, 180, 270, 360].map((value) => ({ value, text: `${value}°` }));
    const zero = plot.y(0);
    fill(level, { x1: plot.x.from, x2: plot.x.to, y1: zero, y2: zero }, []);
    plot.clipped.append(level, curve, ...ends, ...names);
    picture.append(axes(plot.x, plot.y, { x: "direction, from the x-axis", y: "slope" }, { xTicks }), ball);
    draw(now);
  }
  function draw(now) {
    state = now;
    const all = Array.from({ length: 121 }, (_, k) => [3 * k, slopeToward(state.gradient, 3 * k)]);
    curve.setAttribute("points", polyline(all.map(plot.pixel)));
    const flat = state.length <= SMALL;
    [degreesOf(state.gradient), (degreesOf(state.gradient) + 180) % 360].forEach((degrees, k) => {
      const [x, y] = plot.pixel([degrees, slopeToward(state.gradient, degrees)]);
      fill(ends[k], { cx: at(x), cy: at(y) }, []);
      const inside = clamp(x, plot.x.from + 54, plot.x.to - 54);
      fill(names[k], { x: at(inside), y: at(clamp(y + (k ? 20 : -12), plot.y.to + 14, plot.y.from - 6)), "text-anchor": "middle" }, []);
      for (const node of [ends[k], names[k]]) node.style.display = flat ? "none" : "";
    });
    put(ball, plot, [state.direction, state.slope], state.direction, `${Math.round(state.direction)} degrees, slope ${number(state.slope)}`);
    value.textContent = `slope ${number(state.slope)}`;
  }
  return { node, layout, draw };
}
