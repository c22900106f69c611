// The map: parts beside each other, chapters below each other, a panel about one of them.

function render({ model, el }) {
  const ending = new AbortController();
  const { signal } = ending;
  const chapters = model.get("chapters");
  const web = { chapters, ...graph(chapters) };
  const parts = [...new Set(chapters.map(({ part }) => part))];
  let [width, looked] = [0, null];

  const buttons = new Map();
  const columns = parts.map((part, column) => {
    const own = chapters.filter((chapter) => chapter.part === part);
    const items = own.map((chapter) => html("li", {}, node(chapter, column)));
    const title = part.replaceAll("_", " ");
    const name = title[0].toUpperCase() + title.slice(1);
    return html("div", { class: "gu-map-column" },
      html("p", { class: "gu-map-part" }, name),
      html("ul", { "aria-label": name }, ...items),
    );
  });
  const lines = svg("svg", { class: "gu-map-edges", "aria-hidden": "true" });
  const grid = html("div", { class: "gu-map-grid", style: `--parts: ${parts.length}` },
    lines, ...columns);
  const panel = html("div", { class: "gu-map-panel", role: "region", "aria-label": "Chapter" });
  const spoken = html("p", { class: "gu-spoken", role: "status", "aria-live": "polite" });
  const root = html("div", { class: "gu-x gu-map" }, grid, panel, spoken);
  root.classList.toggle("gu-map-few", parts.length < 3);

  function node(chapter, column) {
    const coming = chapter.status === "coming" ? html("span", { class: "gu-spoken" }, " (coming)") : null;
    const button = html("button", {
      type: "button",
      class: `gu-map-node gu-map-${chapter.status}`,
      onclick: () => choose(chapter.id),
      onmouseenter: () => look(chapter.id),
      onmouseleave: () => look(null),
      onfocus: () => look(chapter.id),
      onblur: () => look(null),
      onkeydown: (event) => walk(event, chapter.id, column),
    }, html("span", { class: "gu-map-number" }, chapters.indexOf(chapter) + 1),
      html("span", {}, chapter.title, coming));
    buttons.set(chapter.id, button);
    return button;
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

  function choose(id) {
    model.set("selected", id);
    model.save_changes();
    const { title, needs, teaches } = chapters.find((chapter) => chapter.id === id);
    const counts = `needs ${needs.length} concepts, teaches ${teaches.length}`;
    spoken.textContent = `${title}: ${counts}, leads to ${web.after.get(id).size} chapters.`;
    if (!buttons.get(id).matches(":focus")) buttons.get(id).focus({ preventScroll: true });
  }

  function look(id) {
    looked = id;
    mark();
  }

  // Colors what the chapter looked at, or else the selected one, needs and leads to.
  function mark() {
    const selected = model.get("selected");
    const about = looked ?? selected;
    for (const [id, button] of buttons) {
      button.setAttribute("aria-pressed", id === selected);
      button.classList.toggle("gu-map-before", web.before.get(about).has(id));
      button.classList.toggle("gu-map-after", web.after.get(about).has(id));
    }
    for (const line of lines.children) {
      line.classList.toggle("gu-map-before", line.dataset.to === about);
      line.classList.toggle("gu-map-after", line.dataset.from === about);
    }
  }

  // On a phone the panel opens below its chapter, elsewhere it stands beside the map.
  function show() {
    const chapter = chapters.find(({ id }) => id === model.get("selected"));
    if (!chapter) return;
    panel.replaceChildren(...detail(chapter, web, choose));
    if (width < 640) buttons.get(chapter.id).after(panel);
    else grid.after(panel);
    mark();
  }

  function layout() {
    root.classList.toggle("gu-map-wide", width >= 640);
    // All parts in one row, or else in two of the same length.
    const all = parts.length * 145 <= width ? parts.length : Math.ceil(parts.length / 2);
    grid.style.setProperty("--columns", all);
    show();
    const home = grid.getBoundingClientRect();
    const box = (id) => {
      const { left, top, width, height } = buttons.get(id).getBoundingClientRect();
      return { left: left - home.left, top: top - home.top, width, height };
    };
    const drawn = width < 640 ? [] : web.edges.map(([from, to]) =>
      svg("path", { d: curve(box(from), box(to)), "data-from": from, "data-to": to }));
    lines.replaceChildren(...drawn);
    // Where the parts do not fit in one row, all curves at once would be a tangle.
    const tops = new Set(columns.map((column) => column.offsetTop));
    lines.classList.toggle("gu-map-sparse", tops.size > 1);
    mark();
  }

  model.on("change:selected", show);
  const link = linkedState(el, model.get("name"), ({ chapter }) => {
    if (buttons.has(chapter)) choose(chapter);
  }, signal);
  el.append(root);
  if (!link.onPage && model.get("caption")) root.append(caption(model.get("caption")));
  width = whenResized(root, (now) => ((width = now), layout()), signal) || 640;
  layout();
  link.read();
  document.fonts?.ready.then(() => signal.aborted || layout());

  return () => {
    ending.abort();
    model.off("change:selected", show);
    root.remove();
  };
}

export default { render };
