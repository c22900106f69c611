// kit: elements numbers plot
// The singular values as bars between the stops of the slider: left of its thumb are the kept.

const [THUMB, TALL, TOP, FOOT] = [8, 118, 18, 4]; // pixels: half the thumb, the picture, above and below the bars

function spectrum({ choose, rest, signal }) {
  const picture = svg("svg", { role: "img" });
  const cut = svg("line", { class: "gu-rk-cut" });
  let [width, bars, held] = [0, [], false];

  const step = () => (width - 2 * THUMB) / bars.length;
  const stop = (event) => {
    const x = event.clientX - picture.getBoundingClientRect().left - THUMB;
    choose(clamp(Math.round(x / step()), 0, bars.length));
  };
  const on = (name, callback) => picture.addEventListener(name, callback, { signal });
  on("pointerdown", (event) => {
    held = true;
    picture.setPointerCapture(event.pointerId);
    stop(event);
  });
  on("pointermove", (event) => held && stop(event));
  for (const name of ["pointerup", "pointercancel"]) {
    on(name, () => {
      if (held) rest();
      held = false;
    });
  }

  function layout(now, sizes) {
    width = now;
    fill(picture, { width, height: TALL, viewBox: `0 0 ${width} ${TALL}` }, []);
    bars = sizes.map(() => svg("rect", {}));
    const texts = step() >= 28 ? sizes.map((size, k) => {
      const y = TALL - FOOT - height(size, sizes) - 5;
      return svg("text", { x: at(THUMB + (k + 0.5) * step()), y: at(y), "text-anchor": "middle" }, short(size, sizes));
    }) : [];
    sizes.forEach((size, k) => {
      const tall = height(size, sizes);
      const gap = Math.min(6, step() * 0.2);
      const box = { x: at(THUMB + k * step() + gap), y: at(TALL - FOOT - tall), width: at(step() - 2 * gap), height: at(tall) };
      fill(bars[k], box, []);
    });
    picture.replaceChildren(svg("rect", { class: "gu-ground", x: THUMB, y: 0, width: at(width - 2 * THUMB), height: TALL }), ...bars, ...texts, cut);
  }
  function draw(r, sizes) {
    bars.forEach((bar, k) => bar.setAttribute("class", k < r ? "gu-rk-bar gu-on" : "gu-rk-bar"));
    const x = at(THUMB + r * step());
    fill(cut, { x1: x, x2: x, y1: 0, y2: TALL }, []);
    const list = sizes.map((size) => short(size, sizes) || number(size, 2)).join(", ");
    picture.setAttribute("aria-label", `Singular values: ${list}; kept are the first ${r}`);
  }
  return { node: html("div", { class: "gu-rk-spectrum" }, picture), layout, draw };
}

// The least height is a hairline: a value of zero has its place as well.
const height = (size, sizes) => Math.max(1, ((TALL - FOOT - TOP) * size) / sizes[0]);
// What rounding left is 0; what is only too small for the digits has no number at its bar.
function short(size, sizes) {
  if (size <= 1e-10 * sizes[0]) return "0";
  const text = size.toFixed(sizes[0] >= 10 ? 1 : 2);
  return Number(text) ? text : "";
}

