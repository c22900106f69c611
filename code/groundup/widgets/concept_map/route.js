// kit: elements
// A route in words: how many chapters, how long, how many can be read now, what is left.

function duration(minutes) {
  if (minutes < 60) return `about ${minutes} minutes`;
  const hours = minutes < 600 ? Math.round(minutes / 30) / 2 : Math.round(minutes / 60);
  return `about ${hours} hour${hours === 1 ? "" : "s"}`;
}

const total = (chapters) => chapters.reduce((sum, { minutes }) => sum + minutes, 0);

function summary(route, read) {
  const [ready, left] = [
    route.filter(({ status }) => status === "ready").length,
    route.filter(({ id }) => !read.has(id)),
  ];
  const count = `${route.length} chapter${route.length === 1 ? "" : "s"}`;
  const all = ready === route.length;
  const each = all ? "all of them" : ready ? `${ready} of them` : "none of them";
  const today = route.length === 1 ? (all ? "it can be read today" : "it is still to come")
    : `${each} can be read today`;
  const done = route.length - left.length;
  const rest = left.length ? `${duration(total(left))} left` : "nothing left";
  return `${count}, ${duration(total(route))}; ${today}.${done ? ` You have read ${done}: ${rest}.` : ""}`;
}

// The chapters marked as read in this browser, by the page's own script.
function alreadyRead() {
  try {
    const kept = Object.keys(JSON.parse(localStorage.getItem("groundup.progress")).read);
    return new Set(kept.map((page) => page.replace(/^chapters\//, "")));
  } catch {
    return new Set(); // nothing kept, or nothing that may be read
  }
}

const WANT = "I want to understand";
function wishRow(wishes, choose) {
  if (!wishes.length) return { node: null, draw() {} };
  const buttons = wishes.map(([words, id]) => [
    id, html("button", { type: "button", onclick: () => choose(id) }, words),
  ]);
  const node = html("div", { class: "gu-map-wishes", role: "group", "aria-label": WANT },
    html("span", { "aria-hidden": "true" }, WANT), ...buttons.map(([, b]) => b));
  const draw = (chosen) => buttons.forEach(([id, b]) => b.setAttribute("aria-pressed", id === chosen));
  return { node, draw };
}
