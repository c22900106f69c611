// kit: elements numbers axes
// A plot: a heading, a ground with a layer that clips, and marks made of one path.

const MARGIN = { left: 46, right: 0, top: 26, bottom: 40 };

function panel(title, label) {
  const value = html("span", { class: "gu-plot-value" });
  const head = html("p", { class: "gu-plot-head" }, html("strong", {}, title), value);
  const picture = svg("svg", { role: "group", "aria-label": label });
  return { value, picture, node: html("div", { class: "gu-plot" }, head, picture) };
}

// Sizes the picture, empties it, and returns its scales and a layer that clips.
function lay(picture, width, height, [xLow, xHigh], [yLow, yHigh], margin = MARGIN) {
  const { left, right, top, bottom } = margin;
  fill(picture, { width, height, viewBox: `0 0 ${width} ${height}` }, []);
  picture.replaceChildren();
  const box = { x: left, y: top, width: width - left - right, height: height - top - bottom };
  const clipped = svg("svg", {
    ...box,
    viewBox: `${box.x} ${box.y} ${box.width} ${box.height}`,
    style: "overflow: hidden",
  });
  picture.append(svg("rect", { ...box, class: "gu-ground" }), clipped);
  const x = scale(xLow, xHigh, left, left + box.width);
  const y = scale(yLow, yHigh, top + box.height, top);
  return {
    clipped, box, x, y,
    pixel: ([a, b]) => [x(a), y(b)],
    within: ([px, py]) => [clamp(px, x.from, x.to), clamp(py, y.to, y.from)],
  };
}

const at = (value) => clamp(value, -1e5, 1e5).toFixed(2); // SVG refuses huge numbers
const polyline = (points) => points.map(([x, y]) => `${at(x)},${at(y)}`).join(" ");
// A stroke of no length with round caps is a dot: hundreds of them in one element.
const dots = (points) => points.map(([x, y]) => `M${at(x)} ${at(y)}h0`).join("");
