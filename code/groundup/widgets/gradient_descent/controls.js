// The controls: transport, learning rate with its threshold, data set, what to show.

const ICONS = {
  play: "M4 2.5v11l9-5.5z",
  pause: "M3.5 2.5h3.2v11H3.5zM9.3 2.5h3.2v11H9.3z",
  step: "M2.5 2.5v11l7.5-5.5zM11 2.5h2.6v11H11z",
  reset: "M8 2.2a5.8 5.8 0 1 0 5.7 6.8h-2A3.9 3.9 0 1 1 8 4.1c1 0 2 .4 2.7 1.1L8.6 7.3h5.6V1.7L12 3.9a5.7 5.7 0 0 0-4-1.7z",
};
const TOP = 1.25; // the slider ends at 1.25 times the threshold
const NOTCHES = 250;

function transport({ play, step, reset, has }, copy) {
  const button = (name, text, onclick) =>
    html("button", { type: "button", onclick }, icon(ICONS[name]), html("span", {}, text));
  const nodes = {
    play: button("play", "Play", play),
    step: button("step", "Step", step),
    reset: button("reset", "Reset", reset),
  };
  const draw = (playing) => {
    nodes.play.querySelector("path").setAttribute("d", ICONS[playing ? "pause" : "play"]);
    nodes.play.querySelector("span").textContent = playing ? "Pause" : "Play";
  };
  const group = { class: "gu-gd-transport", role: "group", "aria-label": "Animation" };
  const shown = Object.keys(nodes).filter(has).map((name) => nodes[name]);
  return { node: html("div", group, ...shown, has("link") ? copy : null), draw };
}

function rateControl({ setRate, rest, signal }) {
  const input = html("input", { type: "range", min: 1, max: NOTCHES, step: 1 });
  const shown = html("span", { class: "gu-gd-rate-now" });
  const mark = html("span", { class: "gu-gd-mark" });
  const zones = ["no overshoot", "overshoots", "diverges"].map((name) =>
    html("span", {}, name),
  );
  const node = html("div", { class: "gu-gd-rate" },
    html("div", { class: "gu-gd-dial" },
      html("label", {}, html("span", {}, "Learning rate η"), input),
      shown,
    ),
    html("div", { class: "gu-gd-scale", "aria-hidden": "true" }, mark, ...zones),
  );
  let threshold = 1;
  const change = () => setRate(round((input.value / NOTCHES) * TOP * threshold, 3));
  input.addEventListener("input", change, { signal });
  input.addEventListener("change", rest, { signal });

  function draw({ q, rate }) {
    threshold = q.threshold;
    input.value = Math.round((rate / threshold / TOP) * NOTCHES);
    const now = regime(q, rate);
    shown.textContent = number(rate);
    mark.replaceChildren("2/λ", html("sub", {}, "max"), ` = ${number(threshold)}`);
    input.setAttribute("aria-valuetext", `${number(rate)}: ${now.title.toLowerCase()}`);
    node.dataset.regime = now.name;
  }
  return { node, draw };
}

function dataControl(datasets, choose) {
  if (datasets.length < 2) return { node: null, draw() {} };
  const options = datasets.map(({ name }, value) => html("option", { value }, name));
  const select = html("select", { "aria-label": "Data", onchange: () => choose(Number(select.value)) }, ...options);
  const node = html("label", {}, html("span", {}, "Data"), select);
  return { node, draw: (chosen) => (select.value = chosen) };
}

function showControl(show, change) {
  const names = {
    residuals: "residuals", squares: "squares", best: "best line", directions: "steep and flat",
  };
  const boxes = Object.entries(names).map(([key, text]) => {
    const input = html("input", {
      type: "checkbox",
      checked: show[key],
      onchange: () => change(key, input.checked),
    });
    return html("label", {}, input, text);
  });
  return html("div", { class: "gu-gd-show", role: "group", "aria-label": "Show" }, ...boxes);
}
