// kit: elements links numbers
// The page: sliders for four rules above the list of the likeliest tokens.

const ROWS = 12;
const NAMES = { t: "Temperature", k: "Top-k", p: "Top-p", m: "Min-p" };
const percent = (share) =>
  share === 0 ? "" : share < 0.001 ? "< 0.1 %" : `${(100 * share).toFixed(1)} %`;
const visible = (token) =>
  token.replace(/ /g, "␣").replace(/\n/g, "↵").replace(/\t/g, "⇥")
    .replace(/\p{C}/gu, "·") || "(end)";
const grouped = (count) => count.toLocaleString("en-US");

function stopText(name, value) {
  if (name === "k") return value ? `${value}` : "all";
  if (name === "p" && value === 1) return "all";
  if (name === "m" && value === 0) return "all";
  return `${value}`;
}

function slider(name, stops, change, rest) {
  const input = html("input", { type: "range", min: 0, max: stops.length - 1, step: 1 });
  const shown = html("span", { class: "gu-nt-value" });
  input.addEventListener("input", () => change(Number(input.value)));
  input.addEventListener("change", rest);
  const node = html("label", { class: "gu-nt-dial" }, html("span", {}, NAMES[name]), shown, input);
  const draw = (at) => {
    input.value = at;
    shown.textContent = stopText(name, stops[at]);
    input.setAttribute("aria-valuetext", stopText(name, stops[at]));
  };
  return { node, draw };
}

function rowNode() {
  const word = html("span", { class: "gu-nt-word" });
  const plain = html("span", { class: "gu-nt-plain" });
  const ruled = html("span", { class: "gu-nt-ruled" });
  const share = html("span", { class: "gu-nt-share" });
  const bars = html("span", { class: "gu-nt-bars" }, plain, ruled);
  return { node: html("li", {}, word, bars, share), word, plain, ruled, share };
}

function render({ model, el }) {
  const ending = new AbortController();
  const { signal } = ending;
  const get = (name) => model.get(name);
  const [stops, prompts] = [get("stops"), get("prompts")];
  const rules = Object.keys(NAMES);
  const home = Object.fromEntries(rules.map((name) => [name, get(name)]));
  let next = random(1);

  // ---- what the reader does
  let busy = false; // our own changes need no answer
  function change(traits, resting = false) {
    busy = true;
    for (const [name, value] of Object.entries(traits)) model.set(name, value);
    busy = false;
    const seen = distribution(prompts[get("prompt")], stops, state());
    model.set("kept", seen.kept);
    if (resting) model.set("probabilities", seen.ruled);
    model.save_changes();
    show(seen);
  }
  const state = () => Object.fromEntries(rules.map((name) => [name, get(name)]));
  const rest = () => {
    drawn.replaceChildren();
    change({}, true);
    spoken.textContent = said.textContent;
  };
  function drawTen() {
    const entry = prompts[get("prompt")];
    const { ruled } = distribution(entry, stops, state());
    const places = Array.from({ length: 10 }, () => draw(ruled, next));
    const words = places.map((place) => (place < 0 ? "(a rarer one)" : visible(entry.tokens[place])));
    drawn.replaceChildren(...words.map((word) => html("li", {}, word)));
    spoken.textContent = `Drawn: ${words.join(", ")}`;
  }

  // ---- what the page holds
  const link = linkedState(el, get("name"), adopt, signal);
  const copy = html("button", { type: "button", class: "gu-plain", onclick: copyLink }, "Copy link");
  const options = prompts.map(({ prompt }, value) => html("option", { value }, `${prompt} …`));
  const select = html("select", { onchange: () => (change({ prompt: Number(select.value) }), rest()) }, ...options);
  const box = html("input", { type: "checkbox", onchange: () => change({ words: box.checked }) });
  const dials = rules.map((name) => slider(name, stops[name], (at) => change({ [name]: at }), rest));
  const rows = Array.from({ length: Math.min(ROWS, prompts[0].size) }, rowNode);
  const list = html("ol", { class: "gu-nt-list" }, ...rows.map(({ node }) => node));
  const said = html("p", { class: "gu-nt-said" });
  const drawn = html("ul", { class: "gu-nt-drawn", "aria-label": "Tokens drawn" });
  const spoken = html("p", { class: "gu-spoken", role: "status", "aria-live": "polite" });
  const button = (text, onclick) => html("button", { type: "button", onclick }, text);
  const root = html("div", { class: "gu-x gu-nt" },
    html("div", { class: "gu-nt-bar" },
      html("label", { class: "gu-nt-prompt" }, html("span", {}, "Prompt"), select),
      html("label", {}, box, "show the words"),
    ),
    html("div", { class: "gu-nt-dials" }, ...dials.map(({ node }) => node)),
    said, list,
    html("div", { class: "gu-nt-bar" },
      html("div", { class: "gu-nt-buttons" },
        button("Draw ten", drawTen),
        button("Reset", () => ((next = random(1)), change(home), rest())),
        link.onPage ? copy : null,
      ),
      drawn,
    ),
    spoken,
  );

  function show({ plain, ruled, kept, rule }) {
    const entry = prompts[get("prompt")];
    select.value = get("prompt");
    box.checked = get("words");
    rules.forEach((name, i) => dials[i].draw(get(name)));
    const widest = Math.max(plain[0], ruled[0]);
    rows.forEach(({ node, word, plain: own, ruled: bar, share }, i) => {
      const text = get("words") ? visible(entry.tokens[i]) : "• • •";
      word.textContent = text;
      own.style.width = `${(100 * plain[i]) / widest}%`;
      bar.style.width = `${(100 * ruled[i]) / widest}%`;
      share.textContent = percent(ruled[i]) || "cut";
      node.classList.toggle("gu-nt-cut", i >= kept);
    });
    const few = kept === 1 ? "1 token stays" : `${grouped(kept)} of ${grouped(entry.size)} tokens stay`;
    const tail = 1 - sumOf(ruled.slice(0, rows.length));
    const below = tail > 5e-4 ? ` The ${grouped(kept - rows.length)} below this list share ${percent(tail)}.` : "";
    said.replaceChildren(html("strong", {}, `${few}${rule ? `, cut by ${rule}` : ""}.`), below);
  }

  // ---- sharing
  function copyLink() {
    link.write({ prompt: get("prompt"), ...state(), words: Number(get("words")) }).then(
      () => (copy.textContent = "Copied"),
      () => (copy.textContent = "See the address bar"),
    );
  }
  function adopt(pairs) {
    const found = {};
    for (const name of [...rules, "prompt"]) {
      const at = Number(pairs[name]);
      const most = (name === "prompt" ? prompts : stops[name]).length - 1;
      if (pairs[name] !== undefined && Number.isInteger(at)) found[name] = clamp(at, 0, most);
    }
    if (pairs.words !== undefined) found.words = pairs.words === "1";
    change(found);
    rest();
  }

  const outside = () => busy || change({}, true); // Python, or another widget
  for (const name of [...rules, "prompt", "words"]) model.on(`change:${name}`, outside);
  signal.addEventListener("abort", () => model.off(null, outside));
  el.replaceChildren(root);
  if (!link.onPage) el.append(caption(get("caption")));
  change({}, true);
  link.read();
  return () => ending.abort();
}

export default { render };
