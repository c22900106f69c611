// kit: elements shell clock controls
// The page: words that ask each other, and a second view with the heads of a real model.

const PAUSE = 2000; // ms from one stage to the next
const VIEWS = { toy: "Three small heads", model: "Heads of SmolLM2" };
const TRAITS = ["text", "stage", "head", "temperature", "causal", "row", "column", "playing", "view", "sentence", "observed_head", "query"];

function render({ model, el }) {
  const page = shell({ model, el }, { share, adopt });
  const { get, change, signal } = page;
  const observed = get("observed");
  const real = observed.sentences?.length ? observedView(observed, act) : null;
  const last = STAGES.length - 1;
  let told = "";

  // ---- what the reader does
  const say = () => page.say(get("view") === "toy" ? toy.told() : told);
  const turn = (traits) => (change(traits), draw());
  function act(traits) {
    turn(traits);
    say();
  }
  function play() {
    const playing = !get("playing");
    act(playing && get("stage") === last ? { playing, stage: 0 } : { playing });
    time.wake();
  }
  const goTo = (stage) => act({ stage, playing: false });

  // ---- what the page holds
  const toy = toyView(get, { act, turn, say, goTo, play, signal });
  const views = Object.entries(VIEWS).map(([view, text]) => [view, button(text, () => act({ view, playing: false }))]);
  const root = html("div", { class: "gu-x gu-at" },
    html("div", { class: "gu-at-bar gu-at-top" },
      real && !get("one_view") ? html("div", { class: "gu-at-views", role: "group", "aria-label": "View" }, ...views.map(([, node]) => node)) : null,
      page.copy),
    toy.node, real?.node, page.spoken);

  function draw() {
    const inToy = get("view") === "toy" || !real;
    toy.node.hidden = !inToy;
    if (real) real.node.hidden = inToy;
    for (const [name, node] of views) node.setAttribute("aria-pressed", name === get("view"));
    if (!inToy) {
      told = real.draw({ sentence: get("sentence"), observed_head: get("observed_head"), query: get("query") });
      return;
    }
    const arrays = toy.draw();
    if (!arrays) return;
    const { q, k, v, scores, scaled, weights, output } = arrays; // −∞ has no JSON
    change({ result: { q, k, v, scores, scaled, weights, output } });
  }

  // ---- sharing
  function share() {
    const view = get("view");
    if (view !== "toy") return { view, sentence: get("sentence"), head: get("observed_head"), query: get("query") };
    const text = encodeURIComponent(encodeURIComponent(get("text")));
    return { view, stage: get("stage"), head: get("head"), t: get("temperature"), mask: Number(get("causal")), at: `${get("row")};${get("column")}`, text };
  }
  const within = (value, count) => /^\d+$/.test(value ?? "") && Number(value) < count;
  function adopt(said) {
    act({ playing: false, ...(said.view === "model" && real ? ofModel(said) : ofToy(said)) });
  }
  function ofModel({ sentence, head, query }) {
    const traits = { view: "model" };
    if (within(sentence, observed.sentences.length)) traits.sentence = Number(sentence);
    if (within(head, observed.heads.length)) traits.observed_head = Number(head);
    if (within(query, 99)) traits.query = Number(query);
    return traits;
  }
  function ofToy({ stage, head, t, mask, at, text }) {
    const traits = { view: "toy" };
    if (text !== undefined) {
      try {
        traits.text = decodeURIComponent(text).slice(0, 80);
        Object.assign(traits, lastWord(traits.text));
      } catch {} // not a text that was encoded here
    }
    if (within(stage, STAGES.length)) traits.stage = Number(stage);
    if (within(head, get("heads").length)) traits.head = Number(head);
    if (Number(t) >= 0.1 && Number(t) <= 10) traits.temperature = Number(t);
    if (mask === "0" || mask === "1") traits.causal = mask === "1";
    const [row, column] = at?.split(";") ?? [];
    if (within(row, MOST) && within(column, MOST)) Object.assign(traits, { row: Number(row), column: Number(column) });
    return traits;
  }

  // ---- time, and changes of the model from here or from Python
  const time = clock({
    step: () => get("stage"),
    playing: () => get("playing"),
    pause: () => PAUSE,
    advance: (stage) => act({ stage: Math.min(stage, last), playing: stage < last }),
    signal,
  });
  page.watch(TRAITS, () => (draw(), time.wake()));
  return page.show(root, { begin: draw, see: time.see });
}

export default { render };
