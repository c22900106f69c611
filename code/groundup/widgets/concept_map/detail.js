// The panel: what one chapter needs, teaches and leads to.

function detail(chapter, { chapters, teacher, after }, choose) {
  const titled = new Map(chapters.map((c) => [c.id, c.title]));
  const goTo = (id) =>
    html("button", { type: "button", class: "gu-plain", onclick: () => choose(id) }, titled.get(id));
  const list = (className, title, items, none) =>
    html("div", { class: className },
      html("p", { class: "gu-map-heading" }, title),
      items.length ? html("ul", {}, ...items) : html("p", { class: "gu-quiet" }, none),
    );
  const sources = [...new Set(chapter.needs.map((name) => teacher.get(name)))];
  const needs = sources.map((from) => {
    const names = chapter.needs.filter((name) => teacher.get(name) === from);
    const lines = names.map((name) => html("span", {}, name));
    const origin = from ? ["from ", goTo(from)] : [names.length > 1 ? "you bring these" : "you bring this"];
    return html("li", {}, ...lines, html("span", { class: "gu-quiet" }, ...origin));
  });
  const next = [...after.get(chapter.id)].map((id) => html("li", {}, goTo(id)));
  const read =
    chapter.status === "ready"
      ? html("a", { href: chapter.url }, "Read the chapter")
      : html("span", { class: "gu-quiet" }, "This chapter is still to come");
  return [
    html("p", { class: "gu-map-title" }, html("strong", {}, chapter.title), read),
    html("div", { class: "gu-map-lists" },
      list("gu-map-needs", "It needs", needs, "Nothing: begin here."),
      list("gu-map-teaches", "It teaches", chapter.teaches.map((name) => html("li", {}, name)), "–"),
      list("gu-map-leads", "It leads to", next, "No other chapter so far."),
    ),
  ];
}
