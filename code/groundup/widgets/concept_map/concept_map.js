// kit: elements links visibility
// The road: parts beside each other, chapters below each other, and the way to one of them.

function render({ model, el }) {
  const ending = new AbortController();
  const { signal } = ending;
  const chapters = model.get("chapters");
  const known = new Map(chapters.map((chapter) => [chapter.id, chapter]));
  const parts = [...new Set(chapters.map(({ part }) => part))];
  const read = alreadyRead();
  const routeTo = (id) => known.get(id).route.map((index) => chapters[index]);
  // Where the panel of a phone opens: below the chapter that was pressed, or below the wishes.
  let [width, pressed] = [0, false];

  const buttons = new Map();
  const columns = parts.map((part, column) => {
    const own = chapters.filter((chapter) => chapter.part === part);
    const name = model.get("parts")[part] ?? part;
    return html("div", { class: "gu-map-column" },
      html("p", { class: "gu-map-part" }, name),
      html("ul", { "aria-label": name }, ...own.map((chapter) => node(chapter, column))),
    );
  });
  const grid = html("div", { class: "gu-map-grid", style: `--parts: ${parts.length}` }, ...columns);
  const wishes = wishRow(model.get("wishes"), (id) => choose(id, false));
  const said = html("p", { class: "gu-map-said", role: "status" });
  const panel = html("div", { class: "gu-map-panel", role: "region", "aria-label": "Chapter" });
  const root = html("div", { class: "gu-x gu-map" }, wishes.node, said, grid, panel);

  function node(chapter, column) {
    const { id, title, status, minutes } = chapter;
    const ready = status === "ready";
    const button = html("button", {
      type: "button",
      class: "gu-map-node",
      onclick: () => choose(id, true),
      onkeydown: (event) => walk(event, id, column),
    }, html("span", {}, title), ready ? null : html("span", { class: "gu-map-mark" }, "to come"));
    buttons.set(id, button);
    const link = { class: "gu-map-read", href: chapter.url, "aria-label": `Read ${title}` };
    const mark = read.has(id) ? "✓ read" : `${minutes} min`;
    return html("li", { class: `gu-map-item gu-map-${status}` }, button,
      ready ? html("a", link, "Read", html("span", {}, mark)) : null);
  }

  // Arrow keys go up and down a part, and across to the same place in the next one.
  function walk(event, id, column) {
    const rows = (c) => [...(columns[c]?.querySelectorAll(".gu-map-node") ?? [])];
    const row = rows(column).indexOf(buttons.get(id));
    const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const along = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const there = across ? rows(column + across) : rows(column);
    if (!across && !along) return;
    const target = across ? there[Math.min(row, there.length - 1)] : there[row + along];
    event.preventDefault();
    target?.focus();
  }

  function choose(id, onMap) {
    pressed = onMap;
    model.set("selected", id);
    model.save_changes();
    show();
  }

  function show() {
    const id = model.get("selected");
    if (!known.has(id)) return;
    const route = routeTo(id);
    const steps = new Set(route.map((chapter) => chapter.id));
    for (const [name, button] of buttons) {
      button.setAttribute("aria-pressed", name === id);
      button.parentNode.classList.toggle("gu-map-step", steps.has(name));
    }
    wishes.draw(id);
    said.replaceChildren(html("strong", {}, known.get(id).title), `: ${summary(route, read)}`);
    const phone = width < 640;
    panel.replaceChildren(...detail(known.get(id), { route, read, known, phone, copy }));
    if (!phone) grid.after(panel);
    else if (pressed) buttons.get(id).parentNode.append(panel);
    else said.after(panel);
  }

  function layout() {
    root.classList.toggle("gu-map-wide", width >= 640);
    // All parts in one row, or else in two of the same length.
    const all = parts.length * 140 <= width ? parts.length : Math.ceil(parts.length / 2);
    grid.style.setProperty("--columns", all);
    show();
  }

  const link = linkedState(el, model.get("name"), ({ chapter }) => {
    if (known.has(chapter)) choose(chapter, false);
  }, signal);
  const copy = link.onPage ? () => link.write({ chapter: model.get("selected") }) : null;
  model.on("change:selected", show);
  el.append(root);
  if (!link.onPage && model.get("caption")) root.append(caption(model.get("caption")));
  width = whenResized(root, (now) => ((width = now), layout()), signal) || 640;
  layout();
  link.read();

  return () => {
    ending.abort();
    model.off("change:selected", show);
    root.remove();
  };
}

export default { render };
