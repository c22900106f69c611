// kit: elements numbers visibility shell controls slider
// The page: a point on a map, the gradient there, and the slope in a chosen direction.

function render({ model, el }) {
  const page = shell({ model, el }, { share, adopt });
  const { get, signal } = page;
  const has = (name) => get("controls").includes(name);
  const home = Object.fromEntries(["function", "point", "direction", "field"].map((name) => [name, get(name)]));
  const names = Object.keys(SURFACES);
  let [width, shown] = [0, ""];

  // ---- what the reader does
  function change(traits) {
    page.change(traits);
    draw();
  }
  const rest = () => page.say(said.textContent);
  // Steps of a twentieth are read well, and meet the points where the gradient is zero.
  const movePoint = (to) => change({ point: to.map((v) => clamp(Math.round(20 * v) / 20, -REACH, REACH)) });
  const turn = (degrees) => change({ direction: (Math.round(degrees) + 360) % 360 });
  const toward = (more) => () => {
    const { gradient, length } = now();
    if (length > SMALL) change({ direction: (degreesOf(gradient) + more) % 360 });
    rest();
  };

  // ---- what the page holds
  const acts = { movePoint, turn, rest, signal };
  const map = mapPanel(acts);
  const slopes = has("slopes") ? slopePanel(acts) : null;
  const functions = menu("Function", names.map((name) => SURFACES[name].text), (k) => (change({ function: names[k] }), rest()));
  const field = check("gradients everywhere", (on) => change({ field: on }));
  const ways = [["Uphill", 0], ["Along the contour", 90], ["Downhill", 180]].map(([text, more]) => button(text, toward(more)));
  const reset = button("Reset", () => (change(home), rest()), icon("reset"));
  const dial = slider("Direction", { max: 359, change: turn, rest, style: "gu-rail" });
  const said = html("p", { class: "gu-gf-said" });
  const bar = [has("function") && functions.node, has("field") && field.node].filter(Boolean);
  const pair = html("div", { class: "gu-gf-pair" }, map.node, slopes?.node);
  const buttons = html("div", { class: "gu-transport", role: "group", "aria-label": "Direction" },
    ...(has("direction") ? ways : []), has("reset") ? reset : null, has("link") ? page.copy : null);
  const root = html("div", { class: "gu-x gu-gf" },
    bar.length ? html("div", { class: "gu-gf-bar" }, ...bar) : null,
    pair,
    html("div", { class: "gu-gf-controls" }, buttons, has("direction") ? dial.node : null),
    said, page.spoken);

  function now() {
    const [chosen, point, direction] = [SURFACES[get("function")], get("point"), get("direction")];
    const gradient = chosen.gradient(...point);
    const slope = slopeToward(gradient, direction);
    return { chosen, point, direction, gradient, slope, length: Math.hypot(...gradient), field: get("field"), turns: has("direction") };
  }
  function sentence({ chosen, point, direction, gradient, length, slope, turns }) {
    const pair = (values) => `(${values.map(short).join(", ")})`;
    const start = `At ${pair(point)} the gradient is ${pair(gradient)}`;
    if (length <= SMALL) return `${start}: every direction is level, and this is ${kind(curvatures(chosen.second(...point)))}.`;
    const down = `${start}: f falls fastest along ${pair(gradient.map((v) => -v))}, at a slope of ${number(-length)}`;
    if (!turns) return `${down}, at a right angle to the contour.`;
    const between = Math.abs(((direction - degreesOf(gradient) + 540) % 360) - 180);
    const level = Math.abs(slope) < 1e-9 * length;
    const rest = level ? "level: it runs along the contour" : `${number(slope)} = ${number(length)} ·\u00a0cos\u00a0${Math.round(between)}°`;
    return `${down}. In the chosen direction, ${Math.round(between)}° from the gradient, the slope is ${rest}.`;
  }
  function layout() {
    shown = get("function");
    const two = width >= 640 && slopes;
    root.classList.toggle("gu-gf-wide", Boolean(two));
    const each = two ? (width - 28) / 2 : width;
    const height = Math.round(clamp(each * 0.8, 250, 380));
    map.layout(now(), each, height);
    slopes?.layout(now(), each, two ? height : Math.min(height, 240));
  }
  function draw() {
    if (get("function") !== shown) layout();
    const state = now();
    page.change({ gradient: state.gradient, slope: state.slope });
    map.draw(state);
    slopes?.draw(state);
    said.textContent = sentence(state);
    functions.draw(names.indexOf(get("function")));
    field.draw(state.field);
    const whole = Math.round(state.direction) % 360;
    dial.draw({ value: whole, text: `${whole}°`, words: `${whole} degrees` });
  }

  // ---- sharing
  function share() {
    return { f: get("function"), point: get("point").join(";"), direction: get("direction"), field: Number(get("field")) };
  }
  function adopt({ f, point, direction, field: on }) {
    const traits = {};
    if (Object.hasOwn(SURFACES, f ?? "")) traits.function = f;
    const found = point?.split(";").map(Number) ?? [];
    if (found.length === 2 && found.every(Number.isFinite)) traits.point = found.map((v) => clamp(v, -REACH, REACH));
    if (direction && Number.isFinite(Number(direction))) traits.direction = clamp(Number(direction), 0, 360) % 360;
    if (on === "0" || on === "1") traits.field = on === "1";
    change(traits);
  }

  page.watch(["function", "point", "direction", "field"], draw);
  return page.show(root, {
    begin() {
      width = whenResized(pair, (next) => ((width = next), layout(), draw()), signal) || 640;
      layout();
      draw();
    },
    see: () => {},
  });
}

export default { render };
