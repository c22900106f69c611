// kit: elements numbers controls slider
// The first view: a sentence, its controls, six stages, and one number in full.

// The word that asks at first is the last one, which may see all others.
function lastWord(text) {
  const last = Math.max(0, wordsOf(text).length - 1);
  return { row: last, column: Math.max(0, last - 1) };
}

// `act` changes traits and draws, `turn` only draws and `say` speaks what is seen then.
function toyView(get, { act, turn, say, goTo, play, signal }) {
  const sentences = get("sentences");
  const typed = (text) => act({ text, ...lastWord(text) });
  const input = html("input", { type: "text", maxlength: 80, autocomplete: "off", spellcheck: "false", oninput: () => typed(input.value) });
  const choice = menu("Choose a sentence", [...sentences, "your own"], (k) => (sentences[k] ? typed(sentences[k]) : input.focus()));
  const head = menu("Head", get("heads").map(({ name }) => name), (k) => act({ head: k }));
  const heat = slider("Temperature", { min: -20, max: 20, change: (k) => turn({ temperature: round(10 ** (k / 20), 3) }), rest: say });
  const mask = check("causal mask", (causal) => act({ causal }));
  const controls = html("div", { class: "gu-at-controls" },
    html("label", { class: "gu-at-text" }, html("span", {}, "Sentence"), input),
    choice.select, head.node, heat.node, mask.node);

  const stages = STAGES.map(({ name }, k) =>
    button(name, () => goTo(k), html("span", { class: "gu-at-digit" }, String(k + 1))));
  const list = html("ol", { class: "gu-at-stages", "aria-label": "Stages" }, ...stages.map((node) => html("li", {}, node)));
  const by = (step) => () => goTo(get("stage") + step);
  const buttons = transport({ back: by(-1), play, next: by(1) }, { icons: false });
  const cut = html("p", { class: "gu-at-about" }, `Only the first ${MOST} words are used.`);
  const about = html("p", { class: "gu-at-about" });
  const one = html("p", { class: "gu-at-one" });
  const pick = (r, c) => act({ row: r ?? get("row"), column: c ?? get("column") });
  const view = stageView({ pick, signal });
  const node = html("div", { class: "gu-at-toy" }, controls, cut, list, buttons.node, about, view.node, one);

  function drawControls(text, stage) {
    if (input.value !== text) input.value = text;
    choice.draw(sentences.includes(text) ? sentences.indexOf(text) : sentences.length);
    head.draw(get("head"));
    mask.draw(get("causal"));
    heat.draw({ value: Math.round(20 * Math.log10(get("temperature"))), text: fixed(get("temperature")) });
    stages.forEach((node, k) => fill(node, { "aria-current": k === stage ? "step" : null }, []));
    const { back, next } = buttons.nodes;
    [back.disabled, next.disabled] = [stage === 0, stage === STAGES.length - 1];
    buttons.draw(get("playing"));
  }
  // Returns the arrays of the way, none where there is no word.
  function draw() {
    const [text, stage, temperature, causal] = ["text", "stage", "temperature", "causal"].map(get);
    const words = wordsOf(text);
    drawControls(text, stage);
    cut.hidden = allWords(text).length <= MOST;
    view.node.hidden = !words.length;
    if (!words.length) {
      about.textContent = "Type a few words: each of them will ask all the others.";
      one.textContent = "";
      return null;
    }
    const x = embedded(words, get("letters"), get("turns"));
    const arrays = attention(x, get("heads")[get("head")], temperature, causal);
    const [row, column] = ["row", "column"].map((name) => clamp(get(name), 0, words.length - 1));
    const state = { ...arrays, words, row, column, stage, temperature, causal };
    view.draw(state);
    about.textContent = STAGES[stage].about(state);
    one.textContent = STAGES[stage].one(state);
    return arrays;
  }
  return { node, draw, told: () => `${STAGES[get("stage")].name}. ${one.textContent}` };
}
