// The page: a sentence, six stages, and a second view with the heads of a real model.

const PAUSE = 2000; // ms from one stage to the next

function render({ model, el }) {
  const ending = new AbortController();
  const { signal } = ending;
  const get = (name) => model.get(name);
  const observed = get("observed");
  const hasObserved = Boolean(observed.sentences?.length);
  let [visible, timer, pending] = [false, 0, 0];

  function change(values) {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
  }
  const say = () => (spoken.textContent = get("view") === "toy" ? `${STAGES[get("stage")].name}. ${one.textContent}` : told);
  const act = (values) => (change(values), draw(), say());
  const goTo = (stage) => act({ stage, playing: false });
  const pick = (r, c) => act({ row: r ?? get("row"), column: c ?? get("column") });

  // ---- what the page holds
  const link = linkedState(el, get("name"), adopt, signal);
  const button = (text, onclick, attributes = {}) => html("button", { type: "button", onclick, ...attributes }, text);
  const copy = button("Copy link", copyLink, { class: "gu-plain" });
  const views = [["toy", "Three small heads"], ["model", "Heads of SmolLM2"]].map(([view, text]) =>
    [view, button(text, () => act({ view, playing: false }))]);
  const top = html("div", { class: "gu-at-bar gu-at-top" },
    hasObserved && !get("one_view") ? html("div", { class: "gu-at-views", role: "group", "aria-label": "View" }, ...views.map(([, node]) => node)) : null,
    link.onPage ? copy : null);

  const menu = html("select", { "aria-label": "Choose a sentence" },
    ...get("sentences").map((text) => html("option", { value: text }, text)),
    html("option", { value: "" }, "your own"));
  menu.addEventListener("change", () => (menu.value ? act({ text: menu.value, ...start(menu.value) }) : input.focus()), { signal });
  const input = html("input", { type: "text", maxlength: 80, autocomplete: "off", spellcheck: "false" });
  input.addEventListener("input", () => act({ text: input.value, ...start(input.value) }), { signal });
  const head = html("select", { "aria-label": "Head looks for the" }, ...get("heads").map(({ name }, k) => html("option", { value: k }, name)));
  head.addEventListener("change", () => act({ head: Number(head.value) }), { signal });
  const heat = html("input", { type: "range", min: -20, max: 20, step: 1 });
  heat.addEventListener("input", () => (change({ temperature: round(10 ** (heat.value / 20), 3) }), draw()), { signal });
  heat.addEventListener("change", say, { signal });
  const heatNow = html("span", { class: "gu-at-now" });
  const mask = html("input", { type: "checkbox" });
  mask.addEventListener("change", () => act({ causal: mask.checked }), { signal });
  const controls = html("div", { class: "gu-at-controls" },
    html("label", { class: "gu-at-text" }, html("span", {}, "Sentence"), input), menu,
    html("label", {}, html("span", {}, "Head looks for the"), head),
    html("label", { class: "gu-at-dial" }, html("span", {}, "Temperature"), heat, heatNow),
    html("label", {}, mask, "causal mask"));

  const stages = STAGES.map(({ name }, k) => button("", () => goTo(k)));
  stages.forEach((node, k) => node.append(html("span", { class: "gu-at-digit" }, String(k + 1)), html("span", {}, STAGES[k].name)));
  const list = html("ol", { class: "gu-at-stages", "aria-label": "Stages" }, ...stages.map((node) => html("li", {}, node)));
  const [back, next] = [button("Back", () => goTo(get("stage") - 1)), button("Next", () => goTo(get("stage") + 1))];
  const play = button("Play", () => {
    const playing = !get("playing");
    const over = get("stage") === STAGES.length - 1;
    act(playing && over ? { playing, stage: 0 } : { playing });
    run();
  });
  const transport = html("div", { class: "gu-at-transport", role: "group", "aria-label": "Animation" }, back, play, next);
  const about = html("p", { class: "gu-at-about" });
  const one = html("p", { class: "gu-at-one" });
  const view = stageView({ pick, signal });
  const toy = html("div", { class: "gu-at-toy" }, controls, list, about, view.node, one, transport);
  const real = hasObserved ? observedView(observed, { change: act, signal }) : null;
  const spoken = html("p", { class: "gu-spoken", role: "status", "aria-live": "polite" });
  const root = html("div", { class: "gu-x gu-at" }, top, toy, real?.node, spoken);
  let told = "";

  // The last word asks at first; it may see all others.
  function start(text) {
    const last = Math.max(0, wordsOf(text).length - 1);
    return { row: last, column: Math.max(0, last - 1) };
  }

  function draw() {
    const inToy = get("view") === "toy" || !real;
    toy.hidden = !inToy;
    if (real) real.node.hidden = inToy;
    for (const [name, node] of views) node.setAttribute("aria-pressed", name === get("view"));
    if (!inToy) {
      told = real.draw({ sentence: get("sentence"), observed_head: get("observed_head"), query: get("query") });
      return;
    }
    const words = wordsOf(get("text"));
    if (input.value !== get("text")) input.value = get("text");
    menu.value = get("sentences").includes(get("text")) ? get("text") : "";
    [head.value, mask.checked] = [get("head"), get("causal")];
    heat.value = Math.round(20 * Math.log10(get("temperature")));
    heatNow.textContent = fixed(get("temperature"));
    heat.setAttribute("aria-valuetext", fixed(get("temperature")));
    stages.forEach((node, k) => fill(node, { "aria-current": k === get("stage") ? "step" : null }, []));
    [back.disabled, next.disabled] = [get("stage") === 0, get("stage") === STAGES.length - 1];
    play.textContent = get("playing") ? "Pause" : "Play";
    view.node.hidden = !words.length;
    if (!words.length) {
      about.textContent = "Type a few words: each of them will ask all the others.";
      one.textContent = "";
      return;
    }
    const x = embedded(words, get("letters"), get("turns"));
    const arrays = attention(x, get("heads")[get("head")], get("temperature"), get("causal"));
    const [row, column] = ["row", "column"].map((name) => clamp(get(name), 0, words.length - 1));
    const state = { ...arrays, words, row, column, stage: get("stage"), temperature: get("temperature"), causal: get("causal") };
    const { q, k, v, scores, scaled, weights, output } = arrays; // −∞ has no JSON
    model.set("result", { q, k, v, scores, scaled, weights, output });
    model.save_changes();
    view.draw(state);
    about.textContent = STAGES[state.stage].about(state);
    one.textContent = STAGES[state.stage].one(state);
  }

  // ---- time: stages follow each other while it plays and can be seen
  function run() {
    clearTimeout(timer);
    if (!get("playing") || !visible) return;
    timer = setTimeout(() => {
      const stage = Math.min(get("stage") + 1, STAGES.length - 1);
      act({ stage, playing: stage < STAGES.length - 1 });
      run();
    }, PAUSE);
  }

  // ---- sharing
  function copyLink() {
    const common = { view: get("view") };
    const state = common.view === "toy"
      ? { stage: get("stage"), head: get("head"), t: get("temperature"), mask: Number(get("causal")), at: `${get("row")};${get("column")}`, text: encodeURIComponent(encodeURIComponent(get("text"))) }
      : { sentence: get("sentence"), head: get("observed_head"), query: get("query") };
    link.write({ ...common, ...state }).then(
      () => (copy.textContent = "Copied"),
      () => (copy.textContent = "See the address bar"),
    );
  }
  function adopt({ view: seen, stage, head: which, t, mask: causal, at, text, sentence, query }) {
    const within = (value, count) => /^\d+$/.test(value ?? "") && Number(value) < count;
    const values = { playing: false };
    if (seen === "model" && real) {
      values.view = "model";
      if (within(sentence, observed.sentences.length)) values.sentence = Number(sentence);
      if (within(which, observed.heads.length)) values.observed_head = Number(which);
      if (within(query, 99)) values.query = Number(query);
      return act(values);
    }
    values.view = "toy";
    if (text !== undefined) {
      try {
        values.text = decodeURIComponent(text).slice(0, 80);
        Object.assign(values, start(values.text));
      } catch {} // not a text that was encoded here
    }
    if (within(stage, STAGES.length)) values.stage = Number(stage);
    if (within(which, get("heads").length)) values.head = Number(which);
    if (Number(t) >= 0.1 && Number(t) <= 10) values.temperature = Number(t);
    if (causal === "0" || causal === "1") values.causal = causal === "1";
    const [row, column] = at?.split(";") ?? [];
    if (within(row, MOST) && within(column, MOST)) Object.assign(values, { row: Number(row), column: Number(column) });
    act(values);
  }

  // ---- changes of the model, from here or from Python, are drawn once a frame
  const names = ["text", "stage", "head", "temperature", "causal", "row", "column", "playing", "view", "sentence", "observed_head", "query"];
  const redraw = () => (pending ||= requestAnimationFrame(() => ((pending = 0), draw(), run())));
  for (const name of names) model.on(`change:${name}`, redraw);

  el.append(root);
  if (!link.onPage && get("caption")) root.append(caption(get("caption")));
  draw();
  link.read();
  whileVisible(root, (now) => ((visible = now), run()), signal);

  return () => {
    ending.abort();
    clearTimeout(timer);
    cancelAnimationFrame(pending);
    for (const name of names) model.off(`change:${name}`, redraw);
    root.remove();
  };
}

export default { render };
