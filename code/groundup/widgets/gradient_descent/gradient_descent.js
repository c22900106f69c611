// kit: elements numbers visibility shell clock controls trail
// The page: three plots and their controls over one state.

const REST = 1800; // milliseconds at the end of a run, where another one follows
const AGAIN = 700; // and after the reader let go
const SHOWN = { residuals: "residuals", squares: "squares", best: "best line", directions: "steep and flat" };

function render({ model, el }) {
  const page = shell({ model, el }, { share, adopt });
  const { get, signal } = page;
  const has = (name) => get("controls").includes(name);
  const plain = !has("rate"); // without the rate nothing has been explained yet
  const only = get("only_line"); // the line alone: the map and its descent come later
  const show = { residuals: true, squares: false, best: plain, directions: false };
  const view = { show, horizon: HORIZON, ahead: 0 };
  const state = descent(model, view);
  const follows = () => get("starts").length > 0; // another run, when one is over
  let width = 0;

  // ---- what the reader does
  const rest = () => {
    state.change({}, { resting: true });
    page.say(only ? "" : sentence());
  };
  function play() {
    if (get("playing")) return arrive();
    const again = state.over() && !follows();
    if (again) view.horizon = HORIZON; // the axis fits this run, not one that was longer
    state.change({ step: again ? 0 : get("step"), playing: true });
    page.say("Playing.");
  }
  function arrive() {
    state.change({ playing: false });
    rest();
  }
  const letGo = () => (time.wait(follows() ? AGAIN : 0), rest());
  const acts = {
    ...state, signal, rest, plain,
    hold: () => time.wait(follows() ? Infinity : 0), // as long as the reader holds the ball
    drop: letGo,
  };

  // ---- what the page holds
  const line = dataPanel(acts);
  const bowl = only ? null : lossPanel(acts);
  const rate = plain || only ? null : rateControl(acts);
  const trail = has("trail") && !only ? trailPanel("loss", acts) : null;
  const losses = () => ({ ...view, values: view.losses, least: view.q.minimum });
  const pressed = Object.entries({
    play,
    step: () => (state.go(get("step") + 1), rest()),
    reset: () => (state.reset(), letGo()),
  }).filter(([name]) => has(name));
  const buttons = transport(Object.fromEntries(pressed), { more: has("link") ? page.copy : null });
  const data = menu("Data", get("datasets").map(({ name }) => name), (k) => (state.choose(k), rest()));
  const offered = only ? ["residuals", ...(get("x").length > MANY ? [] : ["squares"]), "best"] : Object.keys(SHOWN);
  const boxes = offered.map((name) => [name, SHOWN[name]]).map(([name, text]) => {
    const box = check(text, (on) => {
      show[name] = on;
      if (only && on && name === "best") page.say(line.answer());
      draw();
    });
    box.draw(show[name]);
    return box.node;
  });
  const bar = html("div", { class: "gu-gd-bar" },
    has("data") && get("datasets").length > 1 ? data.node : null,
    has("show") ? html("div", { class: "gu-gd-show", role: "group", "aria-label": "Show" }, ...boxes) : null);
  const said = html("p", { class: "gu-gd-said" });
  const pair = html("div", { class: "gu-gd-pair" }, line.node, bowl?.node);
  const root = html("div", { class: `gu-x gu-gd ${plain ? "gu-gd-plain" : ""}` },
    has("show") || has("data") ? bar : null,
    pair,
    only ? null : html("div", { class: "gu-gd-controls" }, buttons.node, plain ? html("div", {}, said, hint()) : rate.node),
    plain || only ? null : said, trail?.node, page.spoken,
  );

  function sentence() {
    if (get("own").path) return (said.textContent = ownSteps(view, get("own")));
    if (plain) return (said.textContent = plainly(view, { over: state.over() }));
    const { name, title, text } = regime(view.q, view.rate);
    const more = show.directions ? ` ${factors(view.q, view.rate)}` : "";
    said.dataset.regime = name;
    said.replaceChildren(html("strong", {}, `${title}:`), ` ${text}${more}`);
    return `Step ${view.step}, loss ${number(view.loss)}. ${title}: ${text}${more}`;
  }
  function layout() {
    state.follow();
    [view.home, view.starts] = [state.home(), get("starts")];
    const two = width >= 640 && !only;
    root.classList.toggle("gu-gd-wide", two);
    const each = two ? (width - 28) / 2 : width;
    const tall = plain ? [0.5, 170, 230] : [two ? 0.8 : 0.72, 240, 380];
    const height = Math.round(clamp(each * tall[0], tall[1], tall[2]));
    line.layout(view, each, height);
    bowl?.layout(view, each, height);
    trail?.layout(losses(), width, 150);
    draw();
  }
  function draw() {
    state.follow();
    for (const part of [line, bowl, rate]) part?.draw(view);
    trail?.draw(losses());
    buttons.draw(get("playing"));
    data.draw(get("dataset"));
    sentence();
  }

  // ---- sharing
  function share() {
    const [lr, w, step] = [get("learning_rate"), get("start").join(";"), get("step")];
    return { lr, w, step, data: get("dataset") };
  }
  function adopt({ lr, w, step, data: index }) {
    if (get("datasets")[index] && Number(index) !== get("dataset")) state.choose(Number(index));
    const start = w?.split(";").map(Number) ?? [];
    const traits = { step: Math.round(Number(step)) || 0, playing: false };
    if (Number(lr) > 0 && Number.isFinite(Number(lr))) traits.learning_rate = Number(lr);
    if (start.length === 2 && start.every(Number.isFinite)) traits.start = start;
    if (step !== undefined) view.horizon = HORIZON; // as long as the run that is named
    state.change({ ...traits, step: clamp(traits.step, 0, get("max_steps")) }, { resting: true });
  }

  // ---- time, and changes of the model from here or from Python
  const time = clock({
    step: () => get("step"),
    playing: () => get("playing"),
    // Slowly at first, for the eye to follow; long runs gather speed.
    pause: (step) => Math.max(16, 260 * 0.97 ** step),
    advance(step) {
      state.change({ step });
      if (state.over() && !follows()) arrive();
      else if (state.over()) time.wait(REST);
    },
    between: (part) => ((view.ahead = part), draw()),
    waited: () => state.over() && state.next(),
    signal,
  });
  page.on("playing", () => (time.wake(), draw()));
  const ground = ["x", "y", "x_label", "y_label"];
  page.watch([...ground, "start", "learning_rate", "step", "dataset", "max_steps", "own"], (changed) => {
    if (get("x").length !== get("y").length) return; // the other half is on its way
    state.settle();
    if (ground.some((name) => changed.has(name))) layout();
    else if (!view.ahead) draw();
  });

  let begun = false;
  return page.show(root, {
    begin() {
      width = whenResized(pair, (now) => ((width = now), layout()), signal) || 640;
      layout();
    },
    see(seen) {
      if (seen && !begun && follows() && !prefersStill()) state.change({ playing: true });
      begun ||= seen;
      time.see(seen);
    },
  });
}

export default { render };
