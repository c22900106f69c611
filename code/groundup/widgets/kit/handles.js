// kit: elements numbers
// Points of a plot that a reader drags, or moves by the arrow keys.

const grip = (style, label) =>
  svg("g", { class: `gu-grip ${style}`, tabindex: 0, role: "slider", "aria-label": label },
    svg("circle", { r: 20, class: "gu-reach" }),
    svg("circle", { r: 8 }));

// Puts a grip at a point, or at the edge nearest to it; returns whether it is outside.
function put(node, plot, point, value, words) {
  const [x, y] = plot.pixel(point);
  const [px, py] = plot.within([x, y]);
  const away = Math.hypot(px - x, py - y) > 0.5;
  node.setAttribute("transform", `translate(${px.toFixed(2)} ${py.toFixed(2)})`);
  node.classList.toggle("gu-away", away);
  node.setAttribute("aria-valuenow", round(value, 6));
  node.setAttribute("aria-valuetext", words);
  return away;
}

// `where` tells at which point a grip is, `to` gets the point that it is moved to. An arrow
// key moves it by a hundredth of an axis (a tenth with shift), only up and down if `upright`.
// `begin` is told when it is gripped, `end` when it rests.
function draggable(node, { plot, where, to, upright, begin, end, signal }) {
  let held = null;
  const local = (event) => {
    const box = node.ownerSVGElement.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const on = (name, callback) => node.addEventListener(name, callback, { signal });
  on("pointerdown", (event) => {
    const [x, y] = local(event);
    const [px, py] = plot().within(plot().pixel(where()));
    held = [px - x, py - y];
    begin();
    node.setPointerCapture(event.pointerId);
    event.preventDefault();
    node.focus({ preventScroll: true });
  });
  on("pointermove", (event) => {
    if (!held) return;
    const [x, y] = local(event);
    const [px, py] = plot().within([x + held[0], y + held[1]]);
    to([plot().x.invert(px), plot().y.invert(py)]);
  });
  for (const name of ["pointerup", "pointercancel"]) {
    on(name, () => {
      if (held) end();
      held = null;
    });
  }
  on("keydown", (event) => {
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    if (!arrows[event.key]) return;
    event.preventDefault();
    const [dx, dy] = arrows[event.key].map((d) => (event.shiftKey ? 10 : 1) * d);
    const hundredth = ({ low, high }) => (high - low) / 100;
    const [x, y] = where();
    to([x + dx * hundredth(plot().x), y + (upright ? dy || dx : dy) * hundredth(plot().y)]);
    end();
  });
}
