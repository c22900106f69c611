// kit: elements
// Controls with their names: buttons of an animation, a list to choose from, a box to check.

const ICONS = {
  play: "M4 2.5v11l9-5.5z",
  pause: "M3.5 2.5h3.2v11H3.5zM9.3 2.5h3.2v11H9.3z",
  step: "M2.5 2.5v11l7.5-5.5zM11 2.5h2.6v11H11z",
  reset: "M8 2.2a5.8 5.8 0 1 0 5.7 6.8h-2A3.9 3.9 0 1 1 8 4.1c1 0 2 .4 2.7 1.1L8.6 7.3h5.6V1.7L12 3.9a5.7 5.7 0 0 0-4-1.7z",
};
// Drawn, not typed: glyphs such as ▶ look different on every system.
const icon = (name) =>
  svg("svg", { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" },
    svg("path", { d: ICONS[name], fill: "currentColor" }));

const button = (text, onclick, ...before) =>
  html("button", { type: "button", onclick }, ...before, html("span", {}, text));

// `acts` says by the names of the buttons what each does; play turns into pause.
function transport(acts, { icons = true, more = null } = {}) {
  const nodes = Object.fromEntries(Object.entries(acts).map(([name, act]) => {
    const text = name[0].toUpperCase() + name.slice(1);
    return [name, button(text, act, icons ? icon(name) : null)];
  }));
  const group = { class: "gu-transport", role: "group", "aria-label": "Animation" };
  function draw(playing) {
    if (!nodes.play) return;
    nodes.play.querySelector("span").textContent = playing ? "Pause" : "Play";
    nodes.play.querySelector("path")?.setAttribute("d", ICONS[playing ? "pause" : "play"]);
  }
  return { node: html("div", group, ...Object.values(nodes), more), nodes, draw };
}

// What is chosen is a place in the list.
function menu(name, texts, choose) {
  const options = texts.map((text, value) => html("option", { value }, text));
  const chosen = () => choose(Number(select.value));
  const select = html("select", { "aria-label": name, onchange: chosen }, ...options);
  const node = html("label", {}, html("span", {}, name), select);
  return { node, select, draw: (place) => (select.value = place) };
}

function check(text, change) {
  const input = html("input", { type: "checkbox", onchange: () => change(input.checked) });
  return { node: html("label", {}, input, text), draw: (on) => (input.checked = on) };
}
