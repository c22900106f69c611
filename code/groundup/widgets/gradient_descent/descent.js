// kit: numbers shell
// One state: data, start, learning rate and step. The path, and with it everything on the
// screen, follows from these, so what is shown is always a run of gradient descent.

const HORIZON = 40; // steps that the lower plot holds at first
const CLOSE = 1e-9; // a run is over when this part of its excess loss is left
const IN_SIGHT = 1e-4; // or this, where the next run waits: nobody sees the rest
const FAR = 1e3; // a run whose loss has grown by this factor is over: the plots end there

function descent(model, view) {
  const get = (name) => model.get(name);
  const runs = () => get("starts"); // where there are any, runs follow each other
  let [path, losses, key, data, run, mine] = [[], [], "", null, 0, null];

  const last = () => (mine?.path ? path.length - 1 : get("max_steps"));

  // Brings the view up to date with the model. `view.ahead` is the part of the next step
  // that is shown already while playing.
  function follow() {
    const [x, y, start, rate] = ["x", "y", "start", "learning_rate"].map(get);
    if (view.q?.x !== x || view.q?.y !== y) view.q = quadratic(x, y);
    const now = JSON.stringify([start, rate]);
    if (now !== key || data !== view.q || mine !== get("own")) {
      [key, data, mine, path] = [now, view.q, get("own"), [start]];
      // The reader's own gradient makes its steps in Python; until they come there are none.
      if (mine.path && JSON.stringify([mine.start, mine.rate]) === now) path = mine.path;
      losses = [loss(x, y, start)];
    }
    const step = clamp(get("step"), 0, last());
    if (!mine.path) lengthened(path, view.q, rate, step + 1);
    while (losses.length < path.length) losses.push(loss(x, y, path[losses.length]));
    while (view.horizon < step) view.horizon = Math.min(view.horizon * 2, get("max_steps"));
    const [a, b] = [path[step], path[step + 1]];
    view.w = view.ahead && b ? a.map((v, i) => v + view.ahead * (b[i] - v)) : a;
    view.loss = view.ahead && b ? loss(x, y, view.w) : losses[step];
    view.names = { x: get("x_label"), y: get("y_label") };
    return Object.assign(view, { rate, step, path, losses: losses.slice(0, step + 1) });
  }

  // Sets traits, and with them what Python sees: `w`, and at rest the whole `path`.
  function change(traits, { resting = false } = {}) {
    assign(model, traits);
    view.ahead = 0;
    const { w, step } = follow();
    assign(model, resting ? { w, path: path.slice(0, step + 1) } : { w });
    model.save_changes();
  }

  // Traits that Python or another widget set leave `w` behind.
  function settle() {
    const [b, m] = get("w");
    const { w } = follow();
    if (!view.ahead && (b !== w[0] || m !== w[1])) change({});
  }

  function home() {
    const { x, y, start } = get("datasets")[get("dataset")];
    return x.length === get("x").length && y.length === get("y").length ? start : get("start");
  }

  function over() {
    const { step, q } = follow();
    const [first, now] = [losses[0], losses[step]];
    if (step >= last() || !(now < first * FAR)) return true;
    return now - q.minimum <= (runs().length ? IN_SIGHT : CLOSE) * (first - q.minimum);
  }

  function choose(index) {
    const { x, y, x_label, y_label, start, learning_rate } = get("datasets")[index];
    view.horizon = HORIZON;
    const fresh = { x, y, x_label, y_label, start, learning_rate, step: 0, playing: false };
    change({ dataset: index, ...fresh }, { resting: true });
  }

  return {
    follow, change, settle, home, over, choose,
    grab(start) {
      view.horizon = HORIZON;
      change({ start, step: 0, playing: runs().length > 0 && get("playing") });
    },
    next: () => change({ start: runs()[run++ % runs().length], step: 0 }),
    go: (step) => change({ step: clamp(step, 0, last()), playing: false }),
    setRate: (learning_rate) => change({ learning_rate }),
    reset() {
      [view.horizon, run] = [HORIZON, 0];
      change({ start: home(), step: 0, playing: runs().length > 0 && get("playing") });
    },
  };
}
