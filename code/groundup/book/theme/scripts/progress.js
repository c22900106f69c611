// What the reader has read, guessed, answered and solved: kept in this browser alone.
(() => {
  const KEY = "groundup.progress";
  const KINDS = ["read", "questions", "exercises", "guesses"];
  const find = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const empty = () => ({ version: 1, read: {}, questions: {}, exercises: {}, guesses: {} });
  const plain = (value) => value && typeof value === "object" && !Array.isArray(value);

  // Returns what is wrong with a saved progress, "" if nothing is.
  function problem(data) {
    if (!plain(data)) return "the file holds no progress";
    if (data.version !== 1) return `version 1 is expected, found ${data.version}`;
    data.guesses ??= {}; // which the first books did not ask for
    const missing = KINDS.find((kind) => !plain(data[kind]));
    return missing ? `the part "${missing}" is missing` : "";
  }

  let progress = empty();
  try {
    const saved = JSON.parse(localStorage.getItem(KEY));
    if (saved && !problem(saved)) progress = saved;
  } catch {} // nothing kept, or nothing readable: start afresh

  function store() {
    try {
      localStorage.setItem(KEY, JSON.stringify(progress));
    } catch {} // the page still shows it until it is left
  }
  function save() {
    store();
    show();
  }
  function mark(kind, id, value) {
    if (value === undefined) delete progress[kind][id];
    else progress[kind][id] = value;
    save();
  }
  const now = () => new Date().toISOString();

  // What asks a reader (asking.js) keeps the answers here.
  const kept = { get: (kind, id) => progress[kind][id], mark };
  window.groundup = Object.assign(window.groundup ?? {}, { kept });

  // Exercises are kept by topic and id. Earlier books kept them by the id alone.
  function rename(known, name) {
    if (known === name || !(known in progress.exercises)) return;
    progress.exercises[name] ??= progress.exercises[known];
    delete progress.exercises[known];
    store();
  }

  // Exercises: the reader ticks what the grader has passed.
  for (const exercise of all(".gu-exercise")) {
    const id = exercise.dataset.exercise;
    rename(exercise.dataset.known, id);
    const label = document.createElement("label");
    label.className = "gu-solved";
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = id in progress.exercises;
    box.addEventListener("change", () =>
      mark("exercises", id, box.checked ? now() : undefined),
    );
    label.append(box, "Solved");
    exercise.append(label);
  }

  const article = find(".gu-article");
  const button = find(".gu-read button");
  button?.addEventListener("click", () => {
    const page = article.dataset.docname;
    mark("read", page, page in progress.read ? undefined : now());
  });

  // The panel on the progress page.
  const panel = find("#gu-progress");
  let status;
  function build() {
    panel.insertAdjacentHTML(
      "beforeend",
      `<dl><div><dt>Chapters read</dt><dd data-kind="read"></dd></div>
       <div><dt>Guesses made</dt><dd data-kind="guesses"></dd></div>
       <div><dt>Questions answered</dt><dd data-kind="questions"></dd></div>
       <div><dt>Exercises solved</dt><dd data-kind="exercises"></dd></div></dl>
       <div class="gu-actions"><button type="button" class="gu-button">Save to a file</button>
       <button type="button" class="gu-button">Load a file</button>
       <button type="button" class="gu-button">Forget everything</button>
       <input type="file" accept=".json,application/json" hidden aria-label="Progress file"></div>
       <p role="status"></p>`,
    );
    const [write, read, forget] = all("button", panel);
    const input = find("input", panel);
    status = find("[role=status]", panel);
    write.addEventListener("click", download);
    read.addEventListener("click", () => input.click());
    input.addEventListener("change", () => load(input));
    forget.addEventListener("click", () => {
      if (!confirm("Forget what you have read, guessed, answered and solved, in this browser?")) return;
      progress = empty();
      save();
      status.textContent = "Nothing is kept any more.";
    });
  }
  function download() {
    const link = document.createElement("a");
    const text = JSON.stringify(progress, null, 2);
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "groundup-progress.json";
    link.click();
    URL.revokeObjectURL(link.href);
    status.textContent = "Saved as groundup-progress.json.";
  }
  // A file adds to what is there; of two entries the one in the file wins.
  async function load(input) {
    let data;
    try {
      data = JSON.parse(await input.files[0].text());
    } catch {
      status.textContent = "Not loaded: the file is no JSON. Nothing was changed.";
      return;
    } finally {
      input.value = "";
    }
    const wrong = problem(data);
    if (wrong) {
      status.textContent = `Not loaded: ${wrong}. Nothing was changed.`;
      return;
    }
    for (const kind of KINDS) Object.assign(progress[kind], data[kind]);
    renameAll();
    save();
    status.textContent = "Loaded.";
  }

  function renameAll() {
    const names = JSON.parse(panel.dataset.names ?? "{}");
    for (const [known, name] of Object.entries(names)) rename(known, name);
  }

  function show() {
    for (const link of all(".gu-contents a[data-docname]")) {
      link.toggleAttribute("data-read", link.dataset.docname in progress.read);
    }
    if (button) {
      const done = article.dataset.docname in progress.read;
      button.setAttribute("aria-pressed", String(done));
      button.textContent = done ? "Read. Unmark this chapter" : "Mark this chapter as read";
    }
    for (const part of all("[data-part]")) {
      const mine = part.dataset.part in progress.exercises;
      part.dataset.state = mine ? "mine" : "book";
      find(".gu-state", part).textContent = mine ? "yours" : "the book's";
    }
    for (const body of all(".gu-body")) {
      const [mine, parts] = ["[data-state=mine]", "[data-part]"].map((s) => all(s, body).length);
      find(".gu-body-count", body).textContent =
        `${mine} of ${parts} parts ${mine === 1 ? "is" : "are"} yours`;
    }
    for (const place of panel ? all("[data-kind]", panel) : []) {
      place.textContent = Object.keys(progress[place.dataset.kind]).length;
    }
  }
  if (panel) {
    build();
    renameAll();
  }
  show();
})();
