// Shared by all explorables: elements, numbers, scales, dragging, links to a state.

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
    else node.removeAttribute(name);
  }
  if (children.length) node.append(...children.filter((c) => c != null));
  return node;
}
const html = (tag, attributes = {}, ...children) =>
  fill(document.createElement(tag), attributes, children);
const svg = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

// An icon drawn, not typed: glyphs such as ▶ look different on every system.
const icon = (d) =>
  svg(
    "svg",
    { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" },
    svg("path", { d, fill: "currentColor" }),
  );

const raised = (power) => [...String(power)].map((d) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[d]).join("");
function number(value, digits = 3) {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "−∞" : "not a number";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) {
    const [mantissa, power] = value.toExponential(digits - 1).split("e");
    const sign = power < 0 ? "⁻" : "";
    return `${+mantissa}·10${sign}${raised(Math.abs(power))}`.replace("-", "−");
  }
  const places = size === 0 ? 0 : Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  const text = value.toLocaleString("en-US", {
    minimumFractionDigits: Math.min(places, 6),
    maximumFractionDigits: Math.min(places, 6),
  });
  return text.replace("-", "−");
}
const round = (value, digits) => Number(value.toPrecision(digits));
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

// A linear map from data to pixels, and back.
function scale(low, high, from, to) {
  const f = (value) => from + ((value - low) / (high - low)) * (to - from);
  f.invert = (pixel) => low + ((pixel - from) / (to - from)) * (high - low);
  return Object.assign(f, { low, high, from, to });
}

function ticks(low, high, count) {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((m) => m * power >= rough) * power;
  const places = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const found = [];
  for (let k = Math.ceil(low / step); k * step <= high; k += 1) {
    const text = (k * step).toLocaleString("en-US", {
      minimumFractionDigits: places,
      maximumFractionDigits: places,
    });
    found.push({ value: k * step, text: text.replace("-", "−").replace(/^−(0(\.0+)?)$/, "$1") });
  }
  return found;
}

// The two axes of a plot: tick labels, and a name at the end of each axis.
function axes(x, y, names, { xTicks, yTicks } = {}) {
  const group = svg("g", { class: "gu-axis", "aria-hidden": "true" });
  for (const { value, text } of xTicks ?? ticks(x.low, x.high, (x.to - x.from) / 70)) {
    const last = x(value) > x.to - 12; // keeps the number inside the picture
    const at = { x: last ? x.to : x(value), "text-anchor": last ? "end" : "middle" };
    group.append(svg("text", { ...at, y: y.from + 16 }, text));
  }
  for (const { value, text } of yTicks ?? ticks(y.low, y.high, (y.from - y.to) / 48)) {
    group.append(svg("text", { x: x.from - 6, y: y(value) + 4, "text-anchor": "end" }, text));
  }
  const name = { class: "gu-axis-name" };
  group.append(
    svg("text", { ...name, x: x.to, y: y.from + 34, "text-anchor": "end" }, names.x),
    svg("text", { ...name, x: 0, y: y.to - 8 }, names.y),
  );
  return group;
}

// Pointer and arrow keys on one handle. `move` gets the handle's new place in pixels,
// `nudge` gets steps of the arrow keys (ten with shift), `begin` is told when the handle is
// gripped, `end` when it rests.
function handle(node, { place, move, nudge, begin, end, signal }) {
  let grip = null;
  const local = (event) => {
    const box = node.ownerSVGElement.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const on = (name, callback) => node.addEventListener(name, callback, { signal });
  on("pointerdown", (event) => {
    const [x, y] = local(event);
    const [px, py] = place(x, y);
    grip = [px - x, py - y];
    begin?.();
    node.setPointerCapture(event.pointerId);
    event.preventDefault();
    node.focus({ preventScroll: true });
  });
  on("pointermove", (event) => {
    if (!grip) return;
    const [x, y] = local(event);
    move(x + grip[0], y + grip[1]);
  });
  for (const name of ["pointerup", "pointercancel"]) {
    on(name, () => {
      if (grip) end();
      grip = null;
    });
  }
  on("keydown", (event) => {
    const [dx, dy] =
      { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[
        event.key
      ] ?? [];
    if (dx === undefined || !nudge) return;
    event.preventDefault();
    const size = event.shiftKey ? 10 : 1;
    nudge(dx * size, dy * size);
    end();
  });
}

// Tells `change` whether the element can be seen; nothing should move when it cannot.
function whileVisible(el, change, signal) {
  let inView = false;
  const tell = () => change(inView && !document.hidden);
  const observer = new IntersectionObserver((entries) => {
    inView = entries.at(-1).isIntersecting;
    tell();
  });
  observer.observe(el);
  document.addEventListener("visibilitychange", tell, { signal });
  signal.addEventListener("abort", () => observer.disconnect());
}

// Tells `change` the element's width, now and whenever it is another one.
function whenResized(el, change, signal) {
  let width = 0;
  const observer = new ResizeObserver(() => {
    if (el.clientWidth && el.clientWidth !== width) change((width = el.clientWidth));
  });
  observer.observe(el);
  signal.addEventListener("abort", () => observer.disconnect());
  return (width = el.clientWidth);
}

const prefersStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// The text of an address, none where it was cut off within a character.
function decoded(address) {
  try {
    return decodeURIComponent(address);
  } catch {
    return "";
  }
}

// In the book's page (not in Jupyter) a state can be put in the address and read again:
// #name=key:value,key:value
function linkedState(el, name, apply, signal) {
  const onPage = Boolean(el.closest("figure.gu-explorable"));
  const read = () => {
    const hash = decoded(location.hash.slice(1));
    if (!onPage || !hash.startsWith(`${name}=`)) return;
    const pairs = hash.slice(name.length + 1).split(",");
    apply(Object.fromEntries(pairs.map((pair) => pair.split(":"))));
  };
  addEventListener("hashchange", read, { signal });
  const write = (state) => {
    const pairs = Object.entries(state).map(([key, value]) => `${key}:${value}`);
    history.replaceState(null, "", `#${name}=${pairs.join(",")}`);
    return navigator.clipboard?.writeText(location.href) ?? Promise.reject();
  };
  return { onPage, read, write };
}

// In a notebook there is no figure around the widget that could hold the caption.
function caption(text) {
  const node = html("p", { class: "gu-quiet" });
  node.innerHTML = text;
  return node;
}
