// One state: data, start, learning rate and step. The path, and with it everything on the
// screen, follows from these, so what is shown is always a run of gradient descent.

const HORIZON = 40; // steps that the lower plot holds at first
const FAR = 1e12; // a run whose loss has grown by this factor is over

function render({ model, el }) {
  const ending = new AbortController();
  const { signal } = ending;
  const get = (name) => model.get(name);
  const show = { residuals: true, squares: false, directions: false };
  const view = { show, horizon: HORIZON, ahead: 0 };
  let [path, losses, key, visible, width, frame] = [[], [], "", false, 0, 0];

  // ---- the state, and what follows from it
  function follow() {
    const [x, y, start, rate] = ["x", "y", "start", "learning_rate"].map(get);
    if (view.q?.x !== x || view.q?.y !== y) view.q = quadratic(x, y);
    const now = JSON.stringify([start, rate]);
    if (now !== key || view.data !== view.q) {
      [key, path, losses, view.data] = [now, [start], [loss(x, y, start)], view.q];
    }
    const step = clamp(get("step"), 0, get("max_steps"));
    lengthened(path, view.q, rate, step + 1);
    while (losses.length < path.length) losses.push(loss(x, y, path[losses.length]));
    while (view.horizon < step) view.horizon = Math.min(view.horizon * 2, get("max_steps"));
    const [a, b] = [path[step], path[step + 1]];
    const w = view.ahead ? a.map((v, i) => v + view.ahead * (b[i] - v)) : a;
    const names = { x: get("x_label"), y: get("y_label") };
    const seen = losses.slice(0, step + 1);
    Object.assign(view, { rate, step, names, path, losses: seen, w });
    view.loss = view.ahead ? loss(x, y, w) : losses[step];
    return view;
  }

  // Changes traits, and with them what Python sees: `w`, and at rest the whole `path`.
  function change(traits, { resting = false } = {}) {
    for (const [name, value] of Object.entries(traits)) model.set(name, value);
    view.ahead = 0;
    const { w, step } = follow();
    model.set("w", w);
    if (resting) model.set("path", path.slice(0, step + 1));
    model.save_changes();
  }
  const rest = () => {
    change({}, { resting: true });
    spoken.textContent = sentence();
  };
  const stop = () => {
    if (get("playing")) change({ playing: false });
  };

  // ---- what the reader does
  function grab(start) {
    change({ start, step: 0, playing: false });
  }
  function go(step) {
    change({ step: clamp(step, 0, get("max_steps")), playing: false });
  }
  function over() {
    const [first, now] = [losses[0], losses[get("step")]];
    if (get("step") >= get("max_steps") || !(now < first * FAR)) return true;
    return now - view.q.minimum <= 1e-9 * (first - view.q.minimum);
  }
  function play() {
    if (get("playing")) return stop(), rest();
    follow();
    change({ playing: true, step: over() ? 0 : get("step") });
    spoken.textContent = "Playing.";
  }
  function reset() {
    view.horizon = HORIZON;
    change({ start: home(), step: 0, playing: false });
    rest();
  }
  function choose(index) {
    const { x, y, x_label, y_label, start, learning_rate } = get("datasets")[index];
    view.horizon = HORIZON;
    change({ dataset: index, x, y, x_label, y_label, start, learning_rate, step: 0, playing: false });
    rest();
  }
  function setRate(learning_rate) {
    change({ learning_rate });
  }
  const home = () => {
    const { x, y, start } = get("datasets")[get("dataset")];
    return x.length === get("x").length && y.length === get("y").length ? start : get("start");
  };

  // ---- the page
  const acts = { grab, go, rest, play, reset, setRate, signal, step: () => (go(get("step") + 1), rest()) };
  const [line, bowl, trail] = [dataPanel(acts), lossPanel(acts), trailPanel(acts)];
  const data = dataControl(get("datasets"), choose);
  const said = html("p", { class: "gu-gd-said" });
  const spoken = html("p", { class: "gu-spoken", role: "status", "aria-live": "polite" });
  const boxes = showControl(show, (name, on) => {
    show[name] = on;
    draw();
  });
  const link = linkedState(el, get("name"), adopt, signal);
  const copy = html("button", { type: "button", class: "gu-plain", onclick: copyLink }, "Copy link");
  const [buttons, rate] = [transport(acts, link.onPage ? copy : null), rateControl(acts)];
  const root = html("div", { class: "gu-x gu-gd" },
    html("div", { class: "gu-gd-bar" }, data.node, boxes),
    html("div", { class: "gu-gd-pair" }, line.node, bowl.node),
    html("div", { class: "gu-gd-controls" }, buttons.node, rate.node),
    said, trail.node, spoken,
  );

  function sentence() {
    const { name, title, text } = regime(view.q, view.rate);
    said.dataset.regime = name;
    const place = `Step ${view.step}, loss ${number(view.loss)}.`;
    const more = show.directions ? ` ${factors(view.q, view.rate)}` : "";
    said.replaceChildren(html("strong", {}, `${title}:`), ` ${text}${more}`);
    return `${place} ${title}: ${text}${more}`;
  }
  function layout() {
    follow();
    view.home = home();
    const two = width >= 640;
    root.classList.toggle("gu-gd-wide", two);
    const each = two ? (width - 28) / 2 : width;
    const height = Math.round(clamp(each * (two ? 0.8 : 0.72), 240, 380));
    line.layout(view, each, height);
    bowl.layout(view, each, height);
    trail.layout(view, width, 150);
    draw();
  }
  function draw() {
    follow();
    for (const part of [line, bowl, trail, rate]) part.draw(view);
    buttons.draw(get("playing"));
    data.draw(get("dataset"));
    sentence();
  }

  // ---- sharing
  function copyLink() {
    const [lr, w, step] = [get("learning_rate"), get("start").join(";"), get("step")];
    const tell = (text) => (copy.textContent = text);
    link.write({ lr, w, step, data: get("dataset") }).then(
      () => tell("Copied"),
      () => tell("See the address bar"),
    );
  }
  function adopt({ lr, w, step, data: index }) {
    if (get("datasets")[index] && Number(index) !== get("dataset")) choose(Number(index));
    const start = w?.split(";").map(Number) ?? [];
    const traits = { step: Math.round(Number(step)) || 0, playing: false };
    if (Number(lr) > 0 && Number.isFinite(Number(lr))) traits.learning_rate = Number(lr);
    if (start.length === 2 && start.every(Number.isFinite)) traits.start = start;
    change({ ...traits, step: clamp(traits.step, 0, get("max_steps")) }, { resting: true });
  }

  // ---- time: nothing runs unless it plays and can be seen
  let [last, due, known] = [0, 0, 0];
  function tick(time) {
    frame = 0;
    if (!get("playing") || !visible) return;
    // Another view of this model, or Python, may have moved on: then wait for the next turn.
    if (get("step") !== known) [known, last, due] = [get("step"), time, 0];
    const still = prefersStill();
    const pace = still ? 400 : Math.max(16, 260 * 0.97 ** known); // ms for a step
    due += Math.min(time - last, 100) / pace;
    last = time;
    if (due >= 1) {
      due = 0;
      known = get("step") + 1;
      change({ step: known });
      if (over()) return stop(), rest();
    }
    view.ahead = still || pace < 40 ? 0 : due;
    draw();
    run();
  }
  function run() {
    if (!frame && get("playing") && visible) frame = requestAnimationFrame(tick);
  }
  function wake() {
    [last, due, known] = [performance.now(), 0, get("step")];
    run();
  }

  let pending = 0;
  function redraw(whole) {
    layoutDue ||= whole;
    pending ||= requestAnimationFrame(() => {
      const all = layoutDue;
      [pending, layoutDue] = [0, false];
      if (get("x").length !== get("y").length) return; // the other half is on its way
      if (all) layout();
      else if (!view.ahead) draw();
    });
  }
  let layoutDue = false;
  const watched = ["start", "learning_rate", "step", "dataset", "playing", "max_steps"];
  const whole = ["x", "y", "x_label", "y_label"];
  const onChange = () => redraw(false);
  const onData = () => redraw(true);
  watched.forEach((name) => model.on(`change:${name}`, onChange));
  whole.forEach((name) => model.on(`change:${name}`, onData));
  model.on("change:playing", wake);

  el.append(root);
  width = whenResized(root, (now) => ((width = now), layout()), signal) || 640;
  layout();
  link.read();
  whileVisible(root, (now) => ((visible = now), wake()), signal);

  return () => {
    ending.abort();
    cancelAnimationFrame(frame);
    cancelAnimationFrame(pending);
    watched.forEach((name) => model.off(`change:${name}`, onChange));
    whole.forEach((name) => model.off(`change:${name}`, onData));
    model.off("change:playing", wake);
    root.remove();
  };
}

export default { render };
