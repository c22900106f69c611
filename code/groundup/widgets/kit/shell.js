// kit: elements links visibility
// What surrounds an explorable: its state in the model and in the address, the sentence that
// is spoken, its caption, drawing once a frame, and its end.

const assign = (model, traits) => {
  for (const [name, value] of Object.entries(traits)) model.set(name, value);
};

// `share` returns what a link to the present state says, `adopt` gets what a link said.
function shell({ model, el }, { share, adopt }) {
  const ending = new AbortController();
  const { signal } = ending;
  const get = (name) => model.get(name);
  const link = linkedState(el, get("name"), adopt, signal);
  const spoken = html("p", { class: "gu-spoken", role: "status", "aria-live": "polite" });
  const copy = html("button", { type: "button", class: "gu-plain", onclick: copyLink }, "Copy link");

  function copyLink() {
    link.write(share()).then(
      () => (copy.textContent = "Copied"),
      () => (copy.textContent = "See the address bar"),
    );
  }
  function change(traits) {
    assign(model, traits);
    model.save_changes();
  }
  function on(name, callback) {
    model.on(`change:${name}`, callback);
    signal.addEventListener("abort", () => model.off(`change:${name}`, callback));
  }
  // Once a frame, whichever of the traits changed, here or in Python: `draw` gets their names.
  function watch(names, draw) {
    let [frame, changed] = [0, new Set()];
    const now = () => {
      const all = changed;
      [frame, changed] = [0, new Set()];
      draw(all);
    };
    for (const name of names) {
      on(name, () => {
        changed.add(name);
        frame ||= requestAnimationFrame(now);
      });
    }
    signal.addEventListener("abort", () => cancelAnimationFrame(frame));
  }
  // Puts `root` on the page; `begin` draws it, `see` is told whether it can be seen. What it
  // returns takes all of it away again.
  function show(root, { begin, see }) {
    el.append(root);
    if (!link.onPage && get("caption")) root.append(caption(get("caption")));
    begin();
    link.read();
    whileVisible(root, see, signal);
    return () => {
      ending.abort();
      root.remove();
    };
  }
  const say = (text) => (spoken.textContent = text);
  return { get, change, on, watch, show, say, spoken, copy: link.onPage ? copy : null, signal };
}
