// kit: elements numbers axes plot handles
// Right: how far off both differences are for every h, on logarithmic axes, and the h of now.

const [FLOOR, CEILING] = [-17, 1.3]; // powers of ten of the errors that are shown

function errorPanel({ moveH, rest, signal }) {
  const { node, picture, value } = panel("The error for every h", "Error against h, both logarithmic");
  const curves = RULES.map((rule) => svg("polyline", { class: `gu-sc-${rule}` }));
  const names = RULES.map((rule) => svg("text", { class: `gu-halo gu-sc-${rule}-name` }, rule));
  const none = svg("text", { class: "gu-halo", "text-anchor": "middle" }, "no tangent here, so no error");
  const now = svg("line", { class: "gu-sc-now" });
  const ball = grip("gu-sc-ball", "The h of now, on the curve of its error");
  let [plot, state] = [];

  const height = (error) => Math.max(FLOOR, Math.log10(error)); // 0 lies on the floor
  const point = () => [Math.log10(state.h), state.exact === null ? FLOOR : height(state.error)];
  draggable(ball, { plot: () => plot, where: point, to: ([power]) => moveH(10 ** power), begin: () => {}, end: rest, signal });

  function layout(next, width, tall) {
    plot = lay(picture, width, tall, [SMALLEST, 0], [FLOOR, CEILING]);
    const ticks = { xTicks: powers(SMALLEST, 0), yTicks: powers(-16, CEILING) };
    plot.clipped.append(now, ...curves, ...names, none);
    picture.append(axes(plot.x, plot.y, { x: "h", y: "error of the slope" }, ticks), ball);
    fill(none, { x: plot.x(SMALLEST / 2), y: plot.y(-8) }, []);
    draw(next);
  }
  function draw(next) {
    state = next;
    const { chosen, x, exact, rule } = state;
    const steps = Array.from({ length: 1 - 10 * SMALLEST }, (_, k) => SMALLEST + k / 10);
    const errors = steps.map((power) => errorsAt(chosen, x, 10 ** power));
    none.style.display = exact === null ? "" : "none";
    ball.style.display = exact === null ? "none" : "";
    RULES.forEach((name, k) => {
      const points = steps.map((power, i) => [power, height(errors[i][k] ?? 0)]);
      curves[k].setAttribute("points", exact === null ? "" : polyline(points.map(plot.pixel)));
      curves[k].classList.toggle("gu-sc-other", name !== rule);
      const [px, py] = plot.pixel(points.at(k ? -41 : -26));
      fill(names[k], { x: px + (k ? 8 : -8), y: at(clamp(py + (k ? 14 : -6), plot.y.to + 14, plot.y.from - 6)), "text-anchor": k ? "start" : "end" }, []);
      names[k].style.display = exact === null ? "none" : "";
    });
    const across = at(plot.x(Math.log10(state.h)));
    fill(now, { x1: across, x2: across, y1: plot.y.from, y2: plot.y.to }, []);
    put(ball, plot, point(), state.h, `h = ${stepText(state.h)}, error ${number(state.error)}`);
    value.textContent = exact === null ? "" : `error ${number(state.error)}`;
  }
  return { node, layout, draw };
}
