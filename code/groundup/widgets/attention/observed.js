// kit: elements controls
// The other view: what heads of a real language model looked at, word by word.

function unpacked({ tokens, weights }, head) {
  const bytes = Uint8Array.from(atob(weights[head]), (c) => c.charCodeAt(0));
  return tokens.map((_, t) => Array.from(tokens, (_, s) => (s > t ? 0 : bytes[(t * (t + 1)) / 2 + s] / 255)));
}

function observedView({ sentences, heads }, change) {
  const texts = sentences.map(({ tokens }) => tokens.join(""));
  const names = heads.map((h) => `${h.name} (layer ${h.layer + 1}, head ${h.head + 1})`);
  const sentence = menu("Text", texts, (sentence) => change({ sentence, query: -1 }));
  const head = menu("Head", names, (observed_head) => change({ observed_head }));
  const line = html("p", { class: "gu-at-line", role: "group", "aria-label": "Which token asks" });
  const heat = html("div", { class: "gu-at-heat", role: "img" });
  const about = html("p", { class: "gu-at-about" });
  const said = html("p", { class: "gu-at-one" });
  const node = html("div", { class: "gu-at-observed" },
    html("div", { class: "gu-at-bar" }, sentence.node, head.node),
    about, line, said,
    html("div", { class: "gu-at-map" },
      html("span", { "aria-hidden": "true" }, "is asked →"),
      html("span", { "aria-hidden": "true" }, "asks →"), heat));
  let [buttons, squares, shape] = [[], [], -1];

  function build(tokens) {
    buttons = tokens.map((token, t) => button(token.trim() || "␣", () => change({ query: t })));
    line.replaceChildren(...buttons);
    heat.style.setProperty("--count", tokens.length);
    squares = tokens.map(() => tokens.map(() => html("span", {})));
    heat.replaceChildren(...squares.flat());
  }
  function draw(state) {
    const { tokens } = sentences[state.sentence];
    if (shape !== state.sentence) build(tokens);
    shape = state.sentence;
    sentence.draw(state.sentence);
    head.draw(state.observed_head);
    const weights = unpacked(sentences[state.sentence], state.observed_head);
    const query = Math.min(state.query < 0 ? Infinity : state.query, tokens.length - 1);
    about.textContent = heads[state.observed_head].about;
    buttons.forEach((button, s) => {
      button.style.setProperty("--share", `${(44 * weights[query][s]).toFixed(1)}%`);
      button.setAttribute("aria-pressed", s === query);
      button.classList.toggle("gu-at-later", s > query);
    });
    squares.forEach((row, t) => row.forEach((square, s) => {
      square.style.setProperty("--share", `${(100 * weights[t][s]).toFixed(1)}%`);
      square.className = s > t ? "gu-at-later" : t === query ? "gu-on" : "";
    }));
    const order = weights[query].map((w, s) => [w, s]).sort((a, b) => b[0] - a[0]).slice(0, 2);
    const words = order.map(([w, s]) => `${Math.round(100 * w)} % to ${quoted(tokens[s].trim())} (token ${s + 1})`);
    said.textContent = `Token ${query + 1}, ${quoted(tokens[query].trim())}, gives ${words.join(", ")}.`;
    heat.setAttribute("aria-label", `Weights of all tokens, a row each. ${said.textContent}`);
    return said.textContent;
  }
  return { node, draw };
}
