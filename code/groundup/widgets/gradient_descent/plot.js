// What the three plots share: margins, a clipped layer, and marks made of one path.

const MARGIN = { left: 46, right: 0, top: 26, bottom: 40 };

function panel(title, label) {
  const value = html("span", { class: "gu-gd-value" });
  const head = html("p", { class: "gu-gd-head" }, html("strong", {}, title), value);
  const picture = svg("svg", { role: "group", "aria-label": label });
  return { value, picture, node: html("div", { class: "gu-gd-panel" }, head, picture) };
}

// Sizes the picture, empties it, and returns its scales and a layer that clips.
function lay(picture, width, height, [xLow, xHigh], [yLow, yHigh], margin = MARGIN) {
  const { left, right, top, bottom } = margin;
  fill(picture, { width, height, viewBox: `0 0 ${width} ${height}` }, []);
  picture.replaceChildren();
  const box = {
    x: left,
    y: top,
    width: width - left - right,
    height: height - top - bottom,
  };
  const clipped = svg("svg", {
    ...box,
    viewBox: `${box.x} ${box.y} ${box.width} ${box.height}`,
    style: "overflow: hidden",
  });
  picture.append(svg("rect", { ...box, class: "gu-gd-ground" }), clipped);
  return {
    clipped,
    box,
    x: scale(xLow, xHigh, left, left + box.width),
    y: scale(yLow, yHigh, top + box.height, top),
  };
}

const at = (value) => clamp(value, -1e5, 1e5).toFixed(2); // SVG refuses huge numbers
const polyline = (points) => points.map(([x, y]) => `${at(x)},${at(y)}`).join(" ");
// A stroke of no length with round caps is a dot: hundreds of them in one element.
const dots = (points) => points.map(([x, y]) => `M${at(x)} ${at(y)}h0`).join("");

function grip(className, label) {
  return svg(
    "g",
    { class: `gu-gd-grip ${className}`, tabindex: 0, role: "slider", "aria-label": label },
    svg("circle", { r: 20, class: "gu-gd-reach" }),
    svg("circle", { r: 8 }),
  );
}

function put(node, x, y, box, value, words) {
  const [px, py] = [clamp(x, box.x, box.x + box.width), clamp(y, box.y, box.y + box.height)];
  const away = Math.hypot(px - x, py - y) > 0.5;
  node.setAttribute("transform", `translate(${px.toFixed(2)} ${py.toFixed(2)})`);
  node.classList.toggle("gu-gd-away", away);
  node.setAttribute("aria-valuenow", round(value, 6));
  node.setAttribute("aria-valuetext", words);
  return away;
}
