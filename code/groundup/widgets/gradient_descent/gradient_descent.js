// The page: three plots and their controls over one state.

function render({ model, el }) {
  const ending = new AbortController();
  const { signal } = ending;
  const get = (name) => model.get(name);
  const has = (name) => get("controls").includes(name);
  const plain = !has("rate"); // without the rate nothing has been explained yet
  const show = { residuals: true, squares: false, best: plain, directions: false };
  const view = { show, horizon: HORIZON, ahead: 0 };
  const state = descent(model, view);
  let width = 0;
  let kept = get("keep_answer"); // until the reader asks for the best line

  // ---- what the reader does
  const rest = () => {
    state.change({}, { resting: true });
    spoken.textContent = kept ? "" : sentence();
  };
  function play() {
    if (get("playing")) return arrive();
    const again = state.over() && !get("starts").length;
    state.change({ playing: true, step: again ? 0 : get("step") });
    spoken.textContent = "Playing.";
  }
  function arrive() {
    state.change({ playing: false });
    rest();
  }
  const acts = {
    ...state, signal, rest, play, has, plain,
    hold: () => time.hold(),
    drop: () => (time.letGo(), rest()),
    step: () => (state.go(get("step") + 1), rest()),
    reset: () => (state.reset(), time.letGo(), rest()),
  };

  // ---- what the page holds
  const link = linkedState(el, get("name"), adopt, signal);
  const copy = html("button", { type: "button", class: "gu-plain", onclick: copyLink }, "Copy link");
  const [line, bowl, trail] = [dataPanel(acts), lossPanel(acts), trailPanel(acts)];
  const [buttons, rate] = [transport(acts, link.onPage ? copy : null), rateControl(acts)];
  const data = dataControl(get("datasets"), (index) => (state.choose(index), rest()));
  const boxes = showControl(show, (name, on) => {
    show[name] = on;
    if (kept && show.best) reveal();
    else draw();
  });
  const said = html("p", { class: "gu-gd-said" });
  const spoken = html("p", { class: "gu-spoken", role: "status", "aria-live": "polite" });
  const pair = html("div", { class: "gu-gd-pair" }, line.node, bowl.node);
  const root = html("div", { class: "gu-x gu-gd" },
    has("show") || has("data") ? html("div", { class: "gu-gd-bar" }, has("data") ? data.node : null, has("show") ? boxes : null) : null,
    pair,
    html("div", { class: "gu-gd-controls" }, buttons.node, plain ? html("div", {}, said, hint()) : rate.node),
    plain ? null : said, has("trail") ? trail.node : null, spoken,
  );
  root.classList.toggle("gu-gd-plain", plain);

  function sentence() {
    if (get("own").path) return (said.textContent = ownSteps(view, get("own")));
    if (plain) return (said.textContent = plainly(view, { over: state.over() }));
    const { name, title, text } = regime(view.q, view.rate);
    const more = show.directions ? ` ${factors(view.q, view.rate)}` : "";
    said.dataset.regime = name;
    said.replaceChildren(html("strong", {}, `${title}:`), ` ${text}${more}`);
    return `Step ${view.step}, loss ${number(view.loss)}. ${title}: ${text}${more}`;
  }
  function reveal() {
    kept = false;
    layout();
  }
  function layout() {
    state.follow();
    [view.home, view.starts] = [state.home(), get("starts")];
    root.classList.toggle("gu-gd-kept", kept);
    const two = width >= 640 && !kept;
    root.classList.toggle("gu-gd-wide", two);
    const each = two ? (width - 28) / 2 : width;
    const tall = plain ? [0.5, 170, 230] : [two ? 0.8 : 0.72, 240, 380];
    const height = Math.round(clamp(each * tall[0], tall[1], tall[2]));
    line.layout(view, each, height);
    bowl.layout(view, each, height);
    trail.layout(view, width, 150);
    draw();
  }
  function draw() {
    state.follow();
    for (const part of [line, bowl, trail, rate]) part.draw(view);
    buttons.draw(get("playing"));
    data.draw(get("dataset"));
    sentence();
  }

  // ---- sharing
  function copyLink() {
    const [lr, w, step] = [get("learning_rate"), get("start").join(";"), get("step")];
    link.write({ lr, w, step, data: get("dataset") }).then(
      () => (copy.textContent = "Copied"),
      () => (copy.textContent = "See the address bar"),
    );
  }
  function adopt({ lr, w, step, data: index }) {
    if (kept) reveal();
    if (get("datasets")[index] && Number(index) !== get("dataset")) state.choose(Number(index));
    const start = w?.split(";").map(Number) ?? [];
    const traits = { step: Math.round(Number(step)) || 0, playing: false };
    if (Number(lr) > 0 && Number.isFinite(Number(lr))) traits.learning_rate = Number(lr);
    if (start.length === 2 && start.every(Number.isFinite)) traits.start = start;
    state.change({ ...traits, step: clamp(traits.step, 0, get("max_steps")) }, { resting: true });
  }

  // ---- changes of the model, from here or from Python, are drawn once a frame
  const time = clock(model, view, { ...state, arrive, draw });
  let [pending, whole] = [0, false];
  function redraw(everything) {
    whole ||= everything;
    pending ||= requestAnimationFrame(() => {
      const all = whole;
      [pending, whole] = [0, false];
      if (get("x").length !== get("y").length) return; // the other half is on its way
      state.settle();
      if (all) layout();
      else if (!view.ahead) draw();
    });
  }
  const listeners = { "change:playing": time.wake };
  for (const name of ["x", "y", "x_label", "y_label"]) listeners[`change:${name}`] = () => redraw(true);
  for (const name of ["start", "learning_rate", "step", "dataset", "max_steps", "own"]) {
    listeners[`change:${name}`] = () => redraw(false);
  }
  for (const [event, callback] of Object.entries(listeners)) model.on(event, callback);
  model.on("change:playing", draw);

  el.append(root);
  if (!link.onPage && get("caption")) root.append(caption(get("caption")));
  width = whenResized(pair, (now) => ((width = now), layout()), signal) || 640;
  layout();
  link.read();
  let begun = false;
  whileVisible(root, (seen) => {
    if (seen && !begun && get("starts").length && !prefersStill()) state.change({ playing: true });
    begun ||= seen;
    time.see(seen);
  }, signal);

  return () => {
    ending.abort();
    time.see(false);
    cancelAnimationFrame(pending);
    for (const [event, callback] of Object.entries(listeners)) model.off(event, callback);
    model.off("change:playing", draw);
    root.remove();
  };
}

export default { render };
