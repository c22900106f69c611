// kit: elements numbers axes plot handles
// DPO's loss of one pair against the margin, its tangent, and where preferences lead for this β.

const [FAR, HIGH] = [8, 4]; // of the margin to either side, and of the loss

function lossPanel({ move, rest, signal }) {
  const { node, picture, value } = panel("DPO’s loss of one pair", "Loss against margin, with its tangent");
  const curve = svg("polyline", { class: "gu-pf-curve" });
  const tangent = svg("line", { class: "gu-pf-tangent" });
  const goal = svg("line", { class: "gu-pf-goal" });
  const word = svg("text", { class: "gu-halo gu-pf-goal-word" }, "where β leads");
  const ball = grip("gu-pf-ball", "Margin of the preferred answer");
  let [plot, state] = [];

  const where = () => [state.margin, state.loss];
  draggable(ball, { plot: () => plot, where, to: ([margin]) => move(margin), begin() {}, end: rest, signal });

  function layout(next, width, tall) {
    plot = lay(picture, width, tall, [-FAR, FAR], [0, HIGH]);
    plot.clipped.append(goal, curve, tangent, word);
    picture.append(axes(plot.x, plot.y, { x: "margin m, in nats", y: "loss" }), ball);
    draw(next);
  }
  function draw(next) {
    state = next;
    const { beta, margin, loss, slope, aim } = state;
    const margins = Array.from({ length: 321 }, (_, k) => -FAR + k / 20);
    curve.setAttribute("points", polyline(margins.map((m) => plot.pixel([m, dpo(m, beta).loss]))));
    const [left, right] = [-FAR, FAR].map((m) => plot.pixel([m, loss + slope * (m - margin)]).map(at));
    fill(tangent, { x1: left[0], y1: left[1], x2: right[0], y2: right[1] }, []);
    const x = at(plot.x(aim));
    const inside = Math.abs(aim) <= FAR;
    for (const mark of [goal, word]) mark.style.display = inside ? "" : "none";
    fill(goal, { x1: x, x2: x, y1: plot.y.from, y2: plot.y.to }, []);
    const late = aim > 2;
    fill(word, { x: at(plot.x(aim) + (late ? -6 : 6)), y: at(plot.y.to + 16), "text-anchor": late ? "end" : "start" }, []);
    put(ball, plot, where(), margin, `margin ${number(margin)} nats, loss ${number(loss)}, slope ${number(slope)}`);
    value.textContent = `loss ${number(loss)}, slope ${number(slope)}`;
  }
  return { node, layout, draw };
}
