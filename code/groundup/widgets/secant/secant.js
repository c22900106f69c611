// kit: elements numbers visibility shell clock controls slider
// The page: a point, a step h, the secant that it gives, and how far off its slope is.

function render({ model, el }) {
  const page = shell({ model, el }, { share, adopt });
  const { get, signal } = page;
  const has = (name) => get("controls").includes(name);
  const home = Object.fromEntries(["function", "rule", "x", "h", "zoom"].map((name) => [name, get(name)]));
  const names = Object.keys(FUNCTIONS);
  const least = has("errors") ? SMALLEST : UNROUNDED;
  let width = 0;

  // ---- what the reader does
  function change(traits) {
    page.change(traits);
    draw();
  }
  const rest = () => page.say(said.textContent);
  const moveX = (x) => change({ x: clamp(round(x, 3), ...FUNCTIONS[get("function")].x), playing: false });
  const moveH = (h) => change({ h: round(clamp(h, 10 ** least, 1), 3), playing: false });
  const choose = (place) => (change({ function: names[place], x: 1, playing: false }), rest());
  function play() {
    const playing = !get("playing");
    const over = notchOf(get("h")) <= 10 * least;
    change({ playing, ...(playing && over ? { h: 1 } : {}) });
    page.say(playing ? "Playing: h shrinks." : said.textContent);
  }
  const reset = () => (change({ ...home, playing: false }), rest());

  // ---- what the page holds
  const acts = { moveX, moveH, rest, signal };
  const curve = curvePanel(acts);
  const errors = has("errors") ? errorPanel(acts) : null;
  const functions = menu("Function", names.map((name) => FUNCTIONS[name].text), choose);
  const rules = menu("Difference", RULES, (place) => (change({ rule: RULES[place] }), rest()));
  const close = check("zoom in", (zoom) => (change({ zoom }), rest()));
  const pressed = Object.entries({ play, reset }).filter(([name]) => has(name));
  const buttons = transport(Object.fromEntries(pressed), { more: has("link") ? page.copy : null });
  const dial = slider("Step h", {
    min: 10 * least, max: 0, change: (notch) => moveH(notched(notch)), rest, style: "gu-rail",
  });
  const said = html("p", { class: "gu-sc-said" });
  const bar = [has("function") && functions.node, has("rule") && rules.node, has("zoom") && close.node].filter(Boolean);
  const pair = html("div", { class: "gu-sc-pair" }, curve.node, errors?.node);
  const root = html("div", { class: "gu-x gu-sc" },
    bar.length ? html("div", { class: "gu-sc-bar" }, ...bar) : null,
    pair,
    html("div", { class: "gu-sc-controls" }, buttons.node, has("h") ? dial.node : null),
    said, page.spoken);

  function now() {
    const [chosen, x, h, rule] = [FUNCTIONS[get("function")], get("x"), get("h"), get("rule")];
    const found = quotients(chosen, x, h);
    const exact = tangent(chosen, x);
    const quotient = found[RULES.indexOf(rule)];
    return { chosen, x, h, rule, zoom: get("zoom"), exact, quotient, found, error: Math.abs(quotient - exact) };
  }
  function sentence(state) {
    const { h, exact, quotient, rule } = state;
    const start = `h = ${stepText(h)}: the secant’s slope is ${number(quotient, 4)}`;
    if (exact === null) return `${start}. At the kink there is no tangent: the slope is −1 on the left and 1 on the right, and no h brings them together.`;
    const both = `${start}, the tangent’s ${number(exact, 4)}.`;
    if (!has("errors")) return state.error === 0 ? both : `${both} They differ by ${number(state.error)}.`;
    return `${both} The ${rule} difference ${reason(state)}`;
  }
  function reason({ chosen, x, h, error, rule }) {
    if (error === 0) return "is exact here.";
    const off = `is off by ${number(error)}`;
    if (x + h === x) return `${off}: x + h is rounded to x, and nothing is left of the step.`;
    if (error <= rounding(chosen, x, h)) return `${off}, no more than rounding explains: the two values of f share nearly all their digits.`;
    return rule === "forward" ? `${off}: the curve bends away from the tangent.` : `${off}: the bends on both sides do not quite cancel.`;
  }
  function layout() {
    const two = width >= 640 && errors;
    root.classList.toggle("gu-sc-wide", Boolean(two));
    const each = two ? (width - 28) / 2 : width;
    const height = Math.round(clamp(each * 0.75, 220, 330));
    curve.layout(now(), each, height);
    errors?.layout(now(), each, height);
    draw();
  }
  function draw() {
    const state = now();
    page.change({ quotients: state.found, errors: errorsAt(state.chosen, state.x, state.h) });
    curve.draw(state);
    errors?.draw(state);
    said.textContent = sentence(state);
    functions.draw(names.indexOf(get("function")));
    rules.draw(RULES.indexOf(state.rule));
    close.draw(state.zoom);
    dial.draw({ value: notchOf(state.h), text: stepText(state.h), words: `h = ${stepText(state.h)}` });
    buttons.draw(get("playing"));
  }

  // ---- sharing
  function share() {
    const { f, rule, x, h, zoom } = { f: get("function"), rule: get("rule"), x: get("x"), h: get("h"), zoom: Number(get("zoom")) };
    return { f, rule, x, h, zoom };
  }
  function adopt({ f, rule, x, h, zoom }) {
    const traits = { playing: false };
    if (Object.hasOwn(FUNCTIONS, f ?? "")) traits.function = f;
    if (RULES.includes(rule)) traits.rule = rule;
    const [low, high] = FUNCTIONS[traits.function ?? get("function")].x;
    traits.x = clamp(x && Number.isFinite(Number(x)) ? Number(x) : get("x"), low, high);
    if (Number(h) > 0) traits.h = clamp(Number(h), 10 ** least, 1);
    if (zoom === "0" || zoom === "1") traits.zoom = zoom === "1";
    change(traits);
  }

  // ---- time, and changes of the model from here or from Python
  const time = clock({
    step: () => -notchOf(get("h")),
    playing: () => get("playing"),
    pause: () => 90,
    advance(step) {
      change({ h: notched(-step), playing: step < -10 * least });
      if (!get("playing")) rest();
    },
    signal,
  });
  page.on("playing", () => (time.wake(), draw()));
  page.watch(["function", "rule", "x", "h", "zoom"], draw);
  return page.show(root, {
    begin() {
      width = whenResized(pair, (next) => ((width = next), layout()), signal) || 640;
      layout();
    },
    see: time.see,
  });
}

export default { render };
