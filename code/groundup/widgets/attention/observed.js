// The other view: what heads of a real language model looked at, word by word.

function unpacked({ tokens, weights }, head) {
  const bytes = Uint8Array.from(atob(weights[head]), (c) => c.charCodeAt(0));
  return tokens.map((_, t) => Array.from(tokens, (_, s) => (s > t ? 0 : bytes[(t * (t + 1)) / 2 + s] / 255)));
}

function observedView({ sentences, heads }, { change, signal }) {
  const option = (text, value) => html("option", { value }, text);
  const sentence = html("select", { "aria-label": "Text" }, ...sentences.map(({ tokens }, k) => option(tokens.join(""), k)));
  const head = html("select", { "aria-label": "Head" }, ...heads.map((h, k) => option(`${h.name} (layer ${h.layer + 1}, head ${h.head + 1})`, k)));
  sentence.addEventListener("change", () => change({ sentence: Number(sentence.value), query: -1 }), { signal });
  head.addEventListener("change", () => change({ observed_head: Number(head.value) }), { signal });
  const line = html("p", { class: "gu-at-line", role: "group", "aria-label": "Which token asks" });
  const heat = html("div", { class: "gu-at-heat", role: "img" });
  const about = html("p", { class: "gu-at-about" });
  const said = html("p", { class: "gu-at-one" });
  const node = html("div", { class: "gu-at-observed" },
    html("div", { class: "gu-at-bar" },
      html("label", {}, html("span", {}, "Text"), sentence),
      html("label", {}, html("span", {}, "Head"), head)),
    about, line, said,
    html("div", { class: "gu-at-map" },
      html("span", { "aria-hidden": "true" }, "is asked →"),
      html("span", { "aria-hidden": "true" }, "asks →"), heat));
  let [buttons, squares, shape] = [[], [], -1];

  function build(tokens) {
    buttons = tokens.map((token, t) =>
      html("button", { type: "button", onclick: () => change({ query: t }) }, token.trim() || "␣"));
    line.replaceChildren(...buttons);
    heat.style.setProperty("--count", tokens.length);
    squares = tokens.map(() => tokens.map(() => html("span", {})));
    heat.replaceChildren(...squares.flat());
  }
  function draw(state) {
    const chosen = sentences[state.sentence];
    if (shape !== state.sentence) build(chosen.tokens);
    shape = state.sentence;
    [sentence.value, head.value] = [state.sentence, state.observed_head];
    const weights = unpacked(chosen, state.observed_head);
    const query = state.query < 0 ? chosen.tokens.length - 1 : Math.min(state.query, chosen.tokens.length - 1);
    about.textContent = heads[state.observed_head].about;
    buttons.forEach((button, s) => {
      button.style.setProperty("--share", `${(44 * weights[query][s]).toFixed(1)}%`);
      button.setAttribute("aria-pressed", s === query);
      button.classList.toggle("gu-at-later", s > query);
    });
    squares.forEach((row, t) => row.forEach((square, s) => {
      square.style.setProperty("--share", `${(100 * weights[t][s]).toFixed(1)}%`);
      square.className = s > t ? "gu-at-later" : t === query ? "gu-at-on" : "";
    }));
    const order = weights[query].map((w, s) => [w, s]).sort((a, b) => b[0] - a[0]).slice(0, 2);
    const words = order.map(([w, s]) => `${Math.round(100 * w)} % to ${quoted(chosen.tokens[s].trim())} (token ${s + 1})`);
    said.textContent = `Token ${query + 1}, ${quoted(chosen.tokens[query].trim())}, gives ${words.join(", ")}.`;
    heat.setAttribute("aria-label", `Weights of all tokens, a row each. ${said.textContent}`);
    return said.textContent;
  }
  return { node, draw };
}
