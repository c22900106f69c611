// kit: elements numbers visibility shell controls
// The page: two arrows, what is shown of their dot product, and a table of its numbers.

const SHOWN = { shadow: "shadow", area: "area", frame: "largest area", angle: "angle", stick: "a point on the line" };
const TRY = {
  "Choose …": null,
  "shadow on the axis": [[3, 4], [4, 0]],
  "a right angle": [[-2, 4], [4, 2]],
  "more than a right angle": [[-3, 3], [4, 1]],
  "along one line": [[2, 1], [4, 2]],
  "a short b": [[3, 4], [1, 0]],
  "b is zero": [[3, 4], [0, 0]],
};
const MAGNET = 0.15; // a tip that is dragged this near to a whole number goes there

function render({ model, el }) {
  const page = shell({ model, el }, { share, adopt });
  const { get, signal } = page;
  const has = (name) => get("controls").includes(name);
  let [width, held] = [0, false];

  // ---- what the reader does
  function change(traits) {
    page.change(traits);
    draw();
  }
  const rest = () => page.say(said.textContent);
  const tenth = (v) => Math.round(10 * clamp(v, -REACH, REACH)) / 10;
  const whole = (v) => (Math.abs(v - Math.round(v)) < MAGNET ? Math.round(v) : v);
  const move = (name, point) => change({ [name]: point.map((v) => tenth(held ? whole(v) : v) || 0) });
  const hundredth = (v) => Math.round(100 * v) / 100 || 0;
  // The point of b's line below the pointer. A key moves by as much, whichever way b points.
  function slide(point) {
    const [b, t] = [get("b"), get("t")];
    const { normB, coefficient } = law(point, b);
    if (!normB) return;
    const keyed = t + (point[0] - t * b[0] + point[1] - t * b[1]) / 10;
    change({ t: hundredth(clamp(held ? coefficient : keyed, -farthest(b), farthest(b))) });
  }
  const acts = {
    move, slide, signal,
    movable: has("drag"),
    hold: () => (held = true),
    drop: () => ((held = false), rest()),
  };
  const reset = () => (change({ ...get("home") }), rest());

  // ---- what the page holds
  const plane = planePanel(acts);
  const body = html("tbody", {});
  const table = html("table", { class: "gu-ar-facts", "aria-label": "Numbers" }, body);
  const names = Object.keys(TRY);
  const tries = menu("Try", names, (k) => {
    if (TRY[names[k]]) change({ a: TRY[names[k]][0], b: TRY[names[k]][1] });
    rest();
  });
  const boxes = Object.entries(SHOWN).map(([name, text]) => [name, check(text, (on) => {
    const others = get("show").filter((other) => other !== name);
    change({ show: on ? [...others, name] : others });
    rest();
  })]);
  const bar = html("div", { class: "gu-ar-bar" },
    has("try") ? tries.node : null,
    has("show") ? html("div", { class: "gu-ar-bar", role: "group", "aria-label": "Show" }, ...boxes.map(([, { node }]) => node)) : null,
    has("reset") ? button("Reset", reset, icon("reset")) : null,
    has("link") ? page.copy : null);
  const said = html("p", { class: "gu-ar-said" });
  const pair = html("div", { class: "gu-ar-pair" }, plane.node, table);
  const root = html("div", { class: "gu-x gu-ar" }, pair, bar, said, page.spoken);

  // What everything on the page follows from.
  function now() {
    const [a, b, t, show] = ["a", "b", "t", "show"].map(get);
    const shows = Object.fromEntries(show.map((name) => [name, true]));
    return { a, b, t, shows, now: law(a, b) };
  }
  function layout() {
    root.classList.toggle("gu-ar-wide", width >= 640);
    plane.layout(now(), width >= 640 ? Math.min(width * 0.6, 446) : width);
    draw();
  }
  function draw() {
    const state = now();
    const { cross, ...values } = state.now;
    if (JSON.stringify(values) !== JSON.stringify(get("values"))) page.change({ values });
    plane.draw(state);
    body.replaceChildren(...facts(state).map(([name, text]) =>
      html("tr", {}, html("th", { scope: "row" }, name), html("td", {}, text))));
    said.textContent = sentence(state);
    for (const [name, box] of boxes) box.draw(Boolean(state.shows[name]));
    const at = names.findIndex((name) => JSON.stringify(TRY[name]) === JSON.stringify([state.a, state.b]));
    tries.draw(Math.max(at, 0));
  }

  // ---- sharing
  function share() {
    return { a: get("a").join(";"), b: get("b").join(";"), t: get("t"), show: get("show").join(";") };
  }
  function adopt(link) {
    const traits = {};
    for (const name of ["a", "b"]) {
      const vector = link[name]?.split(";").map(Number) ?? [];
      if (vector.length === 2 && vector.every((v) => Math.abs(v) <= REACH)) traits[name] = vector;
    }
    if (link.t && Math.abs(link.t) <= farthest(traits.b ?? get("b"))) traits.t = Number(link.t);
    if (link.show !== undefined) traits.show = link.show.split(";").filter((name) => name in SHOWN);
    change(traits);
  }

  page.watch(["a", "b", "t", "show"], draw);
  return page.show(root, {
    begin() {
      width = whenResized(root, (size) => ((width = size), layout()), signal) || 640;
      layout();
    },
    see() {},
  });
}

export default { render };
