// kit: elements
// The panel: what one chapter is about, the way there, and what it builds on.

function detail(chapter, { route, read, known, phone, copy }) {
  const { title, url, status, question, objectives, prerequisites } = chapter;
  const named = ({ title, url, status }, mark = "") =>
    status === "ready" ? html("a", { href: url }, title) : html("span", {}, title + mark);
  const steps = route.map((step) => {
    const soon = step.status === "ready" ? "" : "to come · ";
    const mark = read.has(step.id) ? "✓ read" : `${soon}${step.minutes} min`;
    return html("li", {}, named(step), html("span", { class: "gu-quiet" }, mark));
  });
  const go = status === "ready"
    ? html("a", { class: "gu-map-go", href: url }, "Read the chapter")
    : html("span", { class: "gu-quiet" }, "To come");
  const before = prerequisites.flatMap((id, k) => [k ? ", " : "", named(known.get(id), " (to come)")]);
  const builds = before.length ? ["It builds on ", ...before, "."] : ["It builds on no other chapter."];
  const list = objectives.length
    ? html("div", {}, html("p", {}, "You will be able to"),
        html("ul", { class: "gu-map-aims" }, ...objectives.map((aim) => html("li", {}, aim))))
    : null;
  const way = html("details", { class: "gu-map-way", open: !phone },
    html("summary", {}, `The way there, step by step (${route.length})`),
    html("ol", {}, ...steps));
  return [
    html("p", { class: "gu-map-title" }, html("strong", {}, title), go, copy && copyButton(copy)),
    question ? html("p", { class: "gu-map-question" }, question) : null,
    html("p", { class: "gu-map-builds" }, ...builds),
    way, list ? folded("What you will be able to do", list) : null, ideas(chapter),
  ].filter(Boolean);
}

const folded = (title, ...inside) =>
  html("details", {}, html("summary", {}, title), ...inside);

function ideas({ teaches, needs }) {
  if (!teaches.length && !needs.length) return null;
  const line = (words, names) => (names.length ? html("p", {}, `${words}: ${names.join(", ")}.`) : null);
  return folded("Its ideas", line("It teaches", teaches), line("It uses", needs));
}

function copyButton(copy) {
  const button = html("button", { type: "button", class: "gu-plain", onclick: () => copy().then(
    () => (button.textContent = "Copied"),
    () => (button.textContent = "See the address bar"),
  ) }, "Copy link");
  return button;
}
