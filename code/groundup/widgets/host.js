// Brings the explorables of a static page to life, without kernel and server.
(() => {
  const all = (what) => document.querySelectorAll(what);
  const figures = all("figure.gu-explorable[data-model-id]");
  const states = {};
  for (const script of all('script[type$="widget-state+json"]')) {
    Object.assign(states, JSON.parse(script.textContent).state);
  }

  // What a kernel would keep: values, and whom to tell of changes.
  class Model {
    constructor({ state, like, buffers = [] }) {
      this.values = { ...states[like]?.state, ...state };
      this.listeners = [];
      for (const { path, data } of buffers) {
        const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
        const owner = path.slice(0, -1).reduce((o, key) => o[key], this.values);
        owner[path.at(-1)] = new DataView(bytes.buffer);
      }
    }
    get(name) {
      return this.values[name];
    }
    set(name, value) {
      if (typeof name === "object") {
        for (const key in name) this.set(key, name[key]);
      } else if (this.values[name] !== value) {
        this.values[name] = value;
        this.tell(`change:${name}`, value);
        this.tell("change");
      }
    }
    on(event, callback) {
      this.listeners.push({ event, callback });
    }
    off(event, callback) {
      this.listeners = this.listeners.filter(
        (l) => (event && l.event !== event) || (callback && l.callback !== callback),
      );
    }
    tell(event, value) {
      for (const l of [...this.listeners]) {
        if (l.event === event) l.callback({ changed: this }, value);
      }
    }
    save_changes() {} // no kernel
    send() {}
  }

  const models = new Map();
  const modules = new Map();
  const styled = new Set();

  function style(model) {
    const id = model.get("_anywidget_id");
    if (styled.has(id)) return;
    styled.add(id);
    const tag = document.createElement("style");
    tag.textContent = model.get("_css") || "";
    document.head.append(tag);
  }

  // Unlike a path, a Blob address can be imported from file:// too.
  function load(esm) {
    if (!modules.has(esm)) {
      const blob = new Blob([esm], { type: "text/javascript" });
      modules.set(esm, import(URL.createObjectURL(blob)));
    }
    return modules.get(esm);
  }

  async function ready(id) {
    if (!states[id]) throw new Error("its state is missing from this page");
    const model = new Model(states[id]);
    style(model);
    let widget = (await load(model.get("_esm"))).default;
    if (typeof widget === "function") widget = await widget();
    await widget.initialize?.({ model });
    return { model, widget };
  }

  async function show(figure) {
    const id = figure.dataset.modelId;
    const mount = figure.querySelector(".gu-explorable-mount");
    const poster = figure.querySelector(".gu-explorable-poster");
    try {
      if (!models.has(id)) models.set(id, ready(id));
      const { model, widget } = await models.get(id);
      poster.hidden = true;
      await widget.render({ model, el: mount });
      figure.dataset.live = "";
      figure.model = model; // for questions about it
      figure.dispatchEvent(new Event("live"));
    } catch (error) {
      poster.hidden = false;
      const note = document.createElement("p");
      note.setAttribute("role", "note");
      note.textContent =
        `The animation could not start (${error.message}). The picture stands in for it.`;
      mount.replaceChildren(note);
      console.error(error);
    }
  }

  const near = new IntersectionObserver(
    (entries) => {
      for (const { target } of entries.filter((e) => e.isIntersecting)) {
        near.unobserve(target);
        show(target);
      }
    },
    { rootMargin: "200px" },
  );
  for (const figure of figures) near.observe(figure);

  // A link such as #rates=lr:0.1 names an explorable, not an id.
  function follow() {
    const [name, state] = location.hash.slice(1).split("=");
    if (state) document.getElementById(`explorable-${name}`)?.scrollIntoView();
  }
  addEventListener("hashchange", follow);
  follow();
})();
