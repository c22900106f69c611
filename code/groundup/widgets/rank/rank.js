// kit: elements numbers visibility shell controls slider
// The page: an update, the nearest matrix of rank r, what that misses, and the singular values.

const [GAP, LARGEST] = [14, 260]; // pixels between maps, and of the side of one

function render({ model, el }) {
  const page = shell({ model, el }, { share, adopt });
  const { get, signal } = page;
  const has = (name) => get("controls").includes(name);
  const matrices = get("matrices");
  const home = { matrix: get("matrix"), rank: get("rank") };
  let [width, laid] = [0, ""];

  // ---- what the reader does
  const most = (place) => matrices[place].s.length;
  function change(traits) {
    page.change(traits);
    draw();
  }
  const rest = () => page.say(said.textContent);
  const choose = (rank) => change({ rank });
  const show = (matrix) => (change({ matrix, rank: Math.min(get("rank"), most(matrix)) }), rest());
  const reset = () => (change({ ...home }), rest());

  // ---- what the page holds
  const maps = ["Update", "Rank r", "Missing"].map(heat);
  const bars = spectrum({ choose, rest, signal });
  const dial = slider("Rank r", { max: 1, change: choose, rest, style: "gu-rail" });
  const names = menu("Matrix", matrices.map(({ name }) => name), show);
  const body = html("tbody", {});
  const facts = html("table", { class: "gu-rk-facts", "aria-label": "Numbers" }, body);
  const said = html("p", { class: "gu-rk-said" });
  const bar = [
    has("matrix") && matrices.length > 1 ? names.node : null,
    has("reset") ? button("Reset", reset, icon("reset")) : null,
    has("link") ? page.copy : null,
  ].filter(Boolean);
  const track = html("div", { class: "gu-rk-track" }, html("p", { class: "gu-rk-name" }, "Singular values"), bars.node, dial.node);
  const root = html("div", { class: "gu-x gu-rk" },
    bar.length ? html("div", { class: "gu-rk-bar-row" }, ...bar) : null,
    html("div", { class: "gu-rk-maps" }, ...maps.map(({ node }) => node)),
    html("div", { class: "gu-rk-below" }, track, facts),
    said, page.spoken);

  function sentence(matrix, r, { kept, thin, full }) {
    const own = rankOf(matrix);
    const of = `Rank ${r} of ${matrix.s.length}`;
    if (r === 0) return `${of}: nothing is changed. LoRA begins here, as B begins with zeros.`;
    const takes = `${of}: A and B hold ${numbersOf(thin)}, the whole update ${grouped(full)}.`;
    const cost = thin < full ? "" : " Two thin matrices save nothing here.";
    if (r >= own) return `${takes}${cost} Nothing is missing${own < matrix.s.length ? `: this update has rank ${own}, and more rank adds nothing` : ""}.`;
    return `${takes}${cost} They keep ${percent(kept, false)} of the sum of its squares, and no other matrix of rank ${r} keeps more.`;
  }
  function layout() {
    const matrix = matrices[get("matrix")];
    const wide = width >= 640;
    root.classList.toggle("gu-rk-wide", wide);
    const each = Math.min((width - 2 * GAP) / 3, LARGEST);
    const shape = [matrix.values.length, matrix.values[0].length];
    for (const map of maps) map.layout(Math.floor(each), shape);
    bars.layout(wide ? Math.floor((width - 28) * 0.6) : width, matrix.s);
    laid = `${get("matrix")} ${width}`;
  }
  function draw() {
    if (laid !== `${get("matrix")} ${width}`) layout();
    const [matrix, r] = [matrices[get("matrix")], get("rank")];
    const [close, now] = [nearest(matrix, r), told(matrix, r)];
    page.change({ approximation: close, numbers: now });
    const size = Math.max(...matrix.values.flat().map(Math.abs));
    const shown = [matrix.values, close, difference(matrix.values, close)];
    const titles = ["Update", `Rank ${r}`, "Missing"];
    maps.forEach((map, k) => map.draw({ title: titles[k], values: shown[k], most: size }));
    bars.draw(r, matrix.s);
    dial.draw({ value: r, text: String(r), words: `rank ${r}`, most: matrix.s.length });
    names.draw(get("matrix"));
    body.replaceChildren(...rows(now, r, rankOf(matrix)).map(([name, text]) =>
      html("tr", {}, html("th", { scope: "row" }, name), html("td", {}, text))));
    said.textContent = sentence(matrix, r, now);
  }
  function rows({ kept, missing, thin, full }, r, own) {
    const found = [
      ["squares kept", percent(kept, r >= own)],
      ["sum of the squares missing", r >= own ? "0" : number(missing)],
      ["numbers in A and B", `${grouped(thin)} instead of ${grouped(full)}`],
    ];
    const side = get("wide");
    if (side) found.push([`the same rank at ${side} × ${side}`, `${grouped(2 * side * r)} of ${grouped(side * side)}: ${percent((2 * r) / side, false)}`]);
    return found;
  }

  // ---- sharing
  function share() {
    return { matrix: get("matrix"), rank: get("rank") };
  }
  function adopt({ matrix, rank }) {
    const whole = (text, last) => (/^\d{1,3}$/.test(text ?? "") ? Math.min(Number(text), last) : null);
    const place = whole(matrix, matrices.length - 1) ?? get("matrix");
    change({ matrix: place, rank: whole(rank, most(place)) ?? Math.min(get("rank"), most(place)) });
  }

  page.watch(["matrix", "rank"], draw);
  return page.show(root, {
    begin() {
      width = whenResized(root, (now) => ((width = now), draw()), signal) || 640;
      draw();
    },
    see() {},
  });
}

const grouped = (value) => value.toLocaleString("en-US");
const numbersOf = (count) => (count === 1 ? "1 number" : `${grouped(count)} numbers`);
// What is not all of it is never called all.
function percent(share, whole) {
  if (whole) return "100%";
  return share > 0.9999 ? "more than 99.99%" : `${(100 * share).toFixed(share > 0.999 ? 2 : 1)}%`;
}

export default { render };
