// Below: the loss after each step, on a logarithmic axis, and a slider to go back and forth.

function trailPanel({ go, rest, signal }) {
  const { node, picture, value } = panel("The loss after each step", "Loss against step");
  picture.setAttribute("role", "img");
  const curve = svg("polyline", { class: "gu-gd-path" });
  const marks = svg("path", { class: "gu-gd-trail" });
  const now = svg("circle", { class: "gu-gd-now", r: 6 });
  const scrub = html("input", { type: "range", min: 0, step: 1, class: "gu-gd-steps" });
  scrub.addEventListener("input", () => go(Number(scrub.value)), { signal });
  scrub.addEventListener("change", rest, { signal });
  node.append(html("label", { class: "gu-gd-scrub" }, "Step", scrub));
  let plot, size, drawn;

  // From a little below the smallest loss there can be to a little above the largest seen,
  // but not so far up that a diverging run hides everything else.
  function bounds({ q, losses }) {
    const first = losses[0];
    const floor = Math.max(q.minimum, Math.max(...losses.filter(Number.isFinite)) * 1e-9);
    const top = Math.min(Math.max(...losses), Math.max(first, floor * 1.01) * 1e3);
    const [low, high] = [Math.log10(floor), Math.log10(top)];
    const room = Math.max(high - low, 0.3) * 0.08;
    return [low - room, Math.max(high, low + 0.3) + room];
  }

  function powers(low, high) {
    const steps = high - low > 2.5 ? [1] : high - low > 1 ? [1, 3] : [1, 2, 3, 5];
    const every = Math.max(1, Math.ceil((high - low) / 4));
    const found = [];
    for (let p = Math.floor(low); p <= high; p += 1) {
      if (p % every && steps.length === 1) continue;
      for (const s of steps) {
        const value = p + Math.log10(s);
        if (value >= low && value <= high) {
          found.push({ value, text: power(s, p) });
        }
      }
    }
    return found;
  }
  function power(s, p) {
    if (p > -4 && p < 4) return (s * 10 ** p).toLocaleString("en-US", { maximumFractionDigits: 4 });
    return `${s > 1 ? `${s}·` : ""}10${p < 0 ? "⁻" : ""}${raised(Math.abs(p))}`;
  }

  function layout(state, width, height) {
    size = [width, height];
    drawn = "";
    draw(state);
  }

  function ground(state) {
    const [low, high] = bounds(state);
    const key = [...size, state.horizon, low.toFixed(3), high.toFixed(3)].join();
    if (key === drawn) return;
    drawn = key;
    plot = lay(picture, ...size, [0, state.horizon], [low, high], { ...MARGIN, bottom: 22 });
    const floor = plot.y(Math.log10(Math.max(state.q.minimum, 1e-300)));
    const least = svg("line", {
      class: "gu-gd-least", x1: plot.x.from, x2: plot.x.to, y1: at(floor), y2: at(floor),
    });
    const name = svg("text", {
      class: "gu-halo gu-gd-optimum-name", x: plot.x.to - 4, y: at(floor - 6), "text-anchor": "end",
    }, `minimum ${number(state.q.minimum)}`);
    const yTicks = powers(low, high);
    plot.clipped.append(least, curve, marks, name);
    picture.append(axes(plot.x, plot.y, { x: "", y: "loss" }, { yTicks }), now);
  }

  function draw(state) {
    ground(state);
    const height = (value) => plot.y(Math.log10(Math.max(value, 10 ** (plot.y.low - 1))));
    const points = state.losses
      .slice(0, state.step + 1)
      .map((value, k) => [plot.x(k), Number.isFinite(value) ? height(value) : -1e5]);
    curve.setAttribute("points", polyline(points));
    marks.setAttribute("d", state.horizon > 80 ? "" : dots(points));
    const [x, y] = points.at(-1);
    fill(now, { cx: at(x), cy: at(clamp(y, plot.box.y, plot.box.y + plot.box.height)) }, []);
    fill(scrub, { max: state.horizon, "aria-valuetext": `step ${state.step}` }, []);
    scrub.value = state.step;
    value.textContent = `step ${state.step}`;
    picture.setAttribute("aria-label",
      `Loss against step: from ${number(state.losses[0])} to ${number(state.losses[state.step])}`);
  }
  return { node, layout, draw };
}
