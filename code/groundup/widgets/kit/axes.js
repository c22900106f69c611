// kit: elements numbers
// Scales, the numbers along them, and the two axes of a plot.

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

// The numbers along a logarithmic axis from 10^low to 10^high.
function powers(low, high) {
  const steps = high - low > 2.5 ? [1] : high - low > 1 ? [1, 3] : [1, 2, 3, 5];
  const every = Math.max(1, Math.ceil((high - low) / 4));
  const found = [];
  for (let p = Math.floor(low); p <= high; p += 1) {
    if (p % every && steps.length === 1) continue;
    for (const s of steps) {
      const value = p + Math.log10(s);
      if (value >= low && value <= high) found.push({ value, text: power(s, p) });
    }
  }
  return found;
}
function power(s, p) {
  if (p > -4 && p < 4) return (s * 10 ** p).toLocaleString("en-US", { maximumFractionDigits: 4 });
  return `${s > 1 ? `${s}·` : ""}10${p < 0 ? "⁻" : ""}${raised(Math.abs(p))}`;
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
