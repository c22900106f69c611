// kit: elements links numbers
// The page: a name, its letters, and the stages of the one that is followed.

const BEST = 5; // letters in the list of what is expected
const letterOf = (id) => (id ? String.fromCharCode(96 + id) : "end");
const idsOf = (text) => [0, ...Array.from(text, (c) => c.charCodeAt(0) - 96)];
const shareText = (share) => `${Math.round(100 * share)} %`;

// A vector as a strip of cells, blue above zero and orange below.
function strip(values, most, height) {
  const node = svg("svg", { viewBox: `0 0 ${values.length} 1`, preserveAspectRatio: "none", class: "gu-jn-strip", style: `height:${height}px`, "aria-hidden": "true" });
  values.forEach((value, x) => {
    const color = value < 0 ? "orange" : "blue";
    const size = Math.min(1, Math.abs(value) / most) ** 0.7; // small entries stay visible
    node.append(svg("rect", { x, y: 0, width: 1.02, height: 1, class: `gu-jn-${color}`, "fill-opacity": round(size, 3) }));
  });
  return node;
}

function render({ model, el }) {
  const ending = new AbortController();
  const { signal } = ending;
  const get = (name) => model.get(name);
  const { context } = get("sizes");
  const { journey, lens, blocks } = network(get("sizes"), get("tables"), get("weights"));
  const last = 2 * blocks;
  const home = Object.fromEntries(["text", "place", "stage", "off"].map((name) => [name, get(name)]));
  const titles = Array.from({ length: last + 1 }, (_, k) =>
    k ? `${k % 2 ? "Attention" : "Feed-forward"} ${Math.ceil(k / 2)}` : "Token and position");

  // ---- what the reader does
  function change(traits) {
    for (const [name, value] of Object.entries(traits)) model.set(name, value);
    draw();
    model.save_changes();
  }
  const go = (stage) => {
    change({ stage: clamp(stage, 0, last) });
    spoken.textContent = said.textContent;
  };
  function type() {
    const text = input.value.toLowerCase().replace(/[^a-z]/g, "").slice(0, context - 1);
    input.value = text;
    change({ text, place: text.length });
  }

  // ---- what the page holds
  const link = linkedState(el, get("name"), adopt, signal);
  const button = (text, onclick) => html("button", { type: "button", onclick }, text);
  const input = html("input", { type: "text", spellcheck: "false", autocomplete: "off", oninput: type });
  const back = button("Back", () => go(get("stage") - 1));
  const next = button("Step", () => go(get("stage") + 1));
  const copy = html("button", { type: "button", class: "gu-plain", onclick: copyLink }, "Copy link");
  const letters = html("div", { class: "gu-jn-letters", role: "group", "aria-label": "Letter to follow" });
  const said = html("p", { class: "gu-jn-said" });
  const spoken = html("p", { class: "gu-spoken", role: "status", "aria-live": "polite" });
  const rows = titles.map((title, k) => {
    const pick = html("button", { type: "button", class: "gu-plain", onclick: () => go(k) }, title);
    const box = html("input", { type: "checkbox", "aria-label": `${title}: on`, onchange: () => toggle(k - 1) });
    const cells = { pick, box, added: html("div"), stream: html("div"), top: html("span", { class: "gu-jn-top" }) };
    const name = html("div", { class: "gu-jn-name" }, k ? box : null, pick);
    cells.node = html("li", {}, name, cells.added, cells.stream, cells.top);
    return cells;
  });
  const detail = html("div", { class: "gu-jn-detail" });
  const expected = html("ol", { class: "gu-jn-expected", "aria-label": "Expected next letter" });
  const root = html("div", { class: "gu-x gu-jn" },
    html("div", { class: "gu-jn-bar" },
      html("label", {}, html("span", {}, "Name so far"), input),
      html("div", { class: "gu-jn-buttons" }, back, next,
        button("Reset", () => (change(home), (spoken.textContent = said.textContent))),
        link.onPage ? copy : null),
    ),
    html("div", { class: "gu-jn-bar gu-jn-follow" }, html("span", {}, "Follow"), letters),
    html("ol", { class: "gu-jn-stages", "aria-label": "Stages of the journey" },
      html("li", { class: "gu-jn-head", "aria-hidden": "true" },
        html("span", {}, "part"), html("span", {}, "adds"), html("span", {}, "the stream"), html("span", {}, "expects")),
      ...rows.map(({ node }) => node)),
    said,
    html("div", { class: "gu-jn-below" }, detail, expected),
    spoken,
  );
  el.addEventListener("keydown", (event) => {
    if (!event.target.closest(".gu-jn-stages")) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    go(get("stage") + by);
    rows[get("stage")].pick.focus();
  }, { signal });

  function toggle(part) {
    const off = get("off").includes(part) ? get("off").filter((p) => p !== part) : [...get("off"), part].sort();
    change({ off });
  }
  function drawLetters(text, place) {
    const marks = ["start", ...text];
    const made = marks.map((mark, k) =>
      html("button", { type: "button", "aria-pressed": String(k === place), "aria-label": k ? `letter ${k}, ${mark}` : "before the name",
        onclick: () => (change({ place: k }), letters.children[k].focus()) }, k ? mark : "•"));
    letters.replaceChildren(...made);
  }
  function drawDetail({ weights, active, stream }, place, text) {
    if (weights) {
      const marks = ["•", ...text].slice(0, place + 1);
      const table = weights.map((head, k) =>
        html("tr", {}, html("th", { scope: "row" }, `head ${k + 1}`),
          ...head[place].map((share) => {
            const cell = html("td", {}, html("span", {}, shareText(share).replace(" %", "")));
            cell.style.setProperty("--share", `${Math.round(85 * share)}%`);
            return cell;
          })));
      const names = html("tr", {}, html("th", { scope: "col" }, "looks at, %"), ...marks.map((mark) => html("th", { scope: "col" }, mark)));
      detail.replaceChildren(html("table", {}, html("thead", {}, names), html("tbody", {}, ...table)));
    } else {
      const values = active ? active[place] : stream[place];
      const most = Math.max(1e-9, ...values.map(Math.abs));
      const on = values.filter((value) => value > 0.1 * most).length;
      const text_ = active ? `Activations of its ${values.length} units; ${on} are well above zero.` : "The vector of the letter plus the vector of its place.";
      detail.replaceChildren(html("p", { class: "gu-quiet" }, text_), strip(values, most, 28));
    }
  }
  function draw() {
    const [text, stage, off] = [get("text"), clamp(get("stage"), 0, last), get("off")];
    const place = clamp(get("place"), 0, text.length);
    const stages = journey(idsOf(text), off);
    const shares = stages.map(({ stream }) => lens(stream[place]));
    const most = Math.max(...stages.map(({ stream }) => Math.max(...stream[place].map(Math.abs))));
    if (input.value !== text) input.value = text;
    drawLetters(text, place);
    back.disabled = stage === 0;
    next.disabled = stage === last;
    rows.forEach(({ node, pick, box, added, stream, top }, k) => {
      node.classList.toggle("gu-jn-now", k === stage);
      node.classList.toggle("gu-jn-later", k > stage);
      pick.setAttribute("aria-current", k === stage ? "step" : "false");
      box.checked = !off.includes(k - 1);
      added.replaceChildren(strip(stages[k].added[place], most, 18));
      stream.replaceChildren(strip(stages[k].stream[place], most, 18));
      const best = shares[k].indexOf(Math.max(...shares[k]));
      top.textContent = k > stage ? "…" : `${letterOf(best)} ${shareText(shares[k][best])}`;
    });
    const order = shares[stage].map((share, id) => [share, id]).sort((a, b) => b[0] - a[0] || a[1] - b[1]).slice(0, BEST);
    expected.replaceChildren(...order.map(([share, id]) => {
      const bar = html("span", { class: "gu-jn-share" });
      bar.style.width = `${100 * share}%`;
      return html("li", {}, html("span", {}, letterOf(id)), html("span", { class: "gu-jn-bars" }, bar), html("span", {}, shareText(share)));
    }));
    drawDetail(stages[stage], place, text);
    const shown = place ? `“${text.slice(0, place)}”` : "nothing";
    said.textContent = `${titles[stage]}: after ${shown}, the stream would expect ` +
      `${order.slice(0, 2).map(([share, id]) => `${letterOf(id)} with ${shareText(share)}`).join(", then ")}.`;
    model.set("stream", Array.from(stages[stage].stream[place]));
    model.set("probabilities", Array.from(shares[stage]));
  }

  // ---- sharing
  function copyLink() {
    const { text, place, stage, off } = Object.fromEntries(Object.keys(home).map((name) => [name, get(name)]));
    link.write({ text, place, stage, off: off.join("-") }).then(
      () => (copy.textContent = "Copied"),
      () => (copy.textContent = "See the address bar"),
    );
  }
  function adopt(pairs) {
    const text = /^[a-z]*$/.test(pairs.text ?? "-") ? pairs.text.slice(0, context - 1) : get("text");
    const whole = (value, most, other) => (/^\d+$/.test(value ?? "") ? clamp(Number(value), 0, most) : other);
    const off = (pairs.off ?? "").split("-").filter((p) => /^\d+$/.test(p)).map(Number);
    change({
      text,
      place: whole(pairs.place, text.length, text.length),
      stage: whole(pairs.stage, last, 0),
      off: off.filter((part) => part < last),
    });
  }

  const watched = ["change:text", "change:place", "change:stage", "change:off"];
  for (const event of watched) model.on(event, draw);
  el.append(root);
  if (!link.onPage && get("caption")) root.append(caption(get("caption")));
  draw();
  link.read();

  return () => {
    ending.abort();
    for (const event of watched) model.off(event, draw);
    root.remove();
  };
}

export default { render };
