// kit: elements links numbers
// The page: a text, its chips, and the steps that join them.

const LONGEST = 200; // characters that a reader can type

function render({ model, el }) {
  const ending = new AbortController();
  const { signal } = ending;
  const get = (name) => model.get(name);
  const { trace, written, id } = encoding(get("merges"), get("letters"));
  let states = [];
  let [seen, drawn] = [null, ""];

  function change(traits) {
    for (const [name, value] of Object.entries(traits)) model.set(name, value);
    draw();
    model.save_changes();
  }
  const last = () => states.length - 1;
  const go = (step) => {
    change({ step: clamp(step, 0, last()) });
    spoken.textContent = said.textContent;
  };

  // ---- what the page holds
  const link = linkedState(el, get("name"), adopt, signal);
  const input = html("input", { type: "text", maxlength: LONGEST, spellcheck: "false", autocomplete: "off" });
  input.addEventListener("input", () => change({ text: input.value, step: 0 }), { signal });
  const button = (text, onclick) => html("button", { type: "button", onclick }, text);
  const back = button("Back", () => go(get("step") - 1));
  const next = button("Step", () => go(get("step") + 1));
  const all = button("All merges", () => go(last()));
  const reset = button("Reset", () => go(0));
  const copy = button("Copy link", copyLink);
  copy.classList.add("gu-plain");
  const slider = html("input", { type: "range", min: 0, step: 1 });
  slider.addEventListener("input", () => change({ step: Number(slider.value) }), { signal });
  slider.addEventListener("change", () => go(Number(slider.value)), { signal });
  const chips = html("div", { class: "gu-mm-chips" });
  const said = html("p", { class: "gu-mm-said" });
  const spoken = html("p", { class: "gu-spoken", role: "status", "aria-live": "polite" });
  const root = html("div", { class: "gu-x gu-mm" },
    html("label", { class: "gu-mm-text" }, html("span", {}, "Text"), input),
    html("div", { class: "gu-mm-buttons", role: "group", "aria-label": "Merges" },
      back, next, all, reset, link.onPage ? copy : null),
    html("label", { class: "gu-mm-steps" }, html("span", {}, "Merges done"), slider),
    said, chips, spoken,
  );

  function chip({ token, fresh }) {
    const name = { class: fresh ? "gu-mm-chip gu-mm-fresh" : "gu-mm-chip" };
    return html("span", name, html("span", {}, written(token)), html("small", {}, String(id(token))));
  }
  function sentence({ words, pair, rank }, count) {
    const tokens = `${count} ${count === 1 ? "token" : "tokens"}`;
    if (!states[0].words.length) return "Type a text: its bytes will stand here.";
    if (!pair) return `Before any merge: ${count} ${count === 1 ? "byte" : "bytes"}, each a token of its own.`;
    const times = words.flat().filter((symbol) => symbol.fresh).length;
    const [one, other] = pair.map(written);
    const often = times === 1 ? "once" : `${times} times`;
    const end = get("step") === last() ? " No pair that is left was learned." : "";
    return `Rank ${rank}: “${one}” and “${other}” joined ${often}, id ${id(pair.join(""))}. ${tokens} now.${end}`;
  }
  function draw() {
    if (seen !== get("text")) states = trace((seen = get("text")));
    const step = clamp(get("step"), 0, last());
    const state = states[step];
    const ids = state.words.flat().map(({ token }) => id(token));
    if (String(get("ids")) !== String(ids)) model.set("ids", ids);
    if (input.value !== get("text")) input.value = get("text");
    slider.max = last();
    slider.value = step;
    slider.setAttribute("aria-valuetext", `${step} of ${last()}`);
    back.disabled = reset.disabled = step === 0;
    next.disabled = all.disabled = step === last();
    said.textContent = sentence(state, ids.length);
    if (drawn === `${step} ${get("text")}`) return;
    drawn = `${step} ${get("text")}`;
    const words = state.words.map((word) => html("span", { class: "gu-mm-word" }, ...word.map(chip)));
    chips.replaceChildren(...words);
  }

  // ---- sharing
  function copyLink() {
    const text = Array.from(new TextEncoder().encode(get("text")), (b) => b.toString(16).padStart(2, "0"));
    link.write({ text: text.join(""), step: get("step") }).then(
      () => (copy.textContent = "Copied"),
      () => (copy.textContent = "See the address bar"),
    );
  }
  function adopt({ text, step }) {
    const traits = {};
    if (/^([0-9a-f]{2})+$/.test(text ?? "")) {
      const data = Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
      traits.text = new TextDecoder().decode(data).slice(0, LONGEST);
    }
    const end = trace(traits.text ?? get("text")).length - 1;
    traits.step = clamp(Math.round(Number(step)) || 0, 0, end);
    change(traits);
  }

  const listeners = { "change:text": draw, "change:step": draw };
  for (const [event, callback] of Object.entries(listeners)) model.on(event, callback);
  el.append(root);
  if (!link.onPage && get("caption")) root.append(caption(get("caption")));
  draw();
  link.read();

  return () => {
    ending.abort();
    for (const [event, callback] of Object.entries(listeners)) model.off(event, callback);
    root.remove();
  };
}

export default { render };
