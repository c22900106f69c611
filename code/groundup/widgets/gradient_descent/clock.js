// Time: steps follow each other while the model plays and the widget can be seen.

const REST = 1800; // milliseconds at the end of a run, where another one follows
const AGAIN = 700; // and after the reader let go

function clock(model, view, { change, over, next, arrive, draw }) {
  let [visible, frame, last, due, known, wait] = [false, 0, 0, 0, 0, 0];

  const follows = () => model.get("starts").length > 0;

  // Slowly at first, for the eye to follow; long runs gather speed.
  const pause = (step) => (prefersStill() ? 400 : Math.max(16, 260 * 0.97 ** step));

  function tick(time) {
    frame = 0;
    const step = model.get("step");
    // Another view of this model, or Python, moved on: then this one waits its turn.
    if (step !== known) [known, due] = [step, 0];
    const passed = Math.min(time - last, 100);
    last = time;
    if (wait > 0) {
      wait -= passed;
      if (wait <= 0 && over()) next();
      return run();
    }
    due += passed / pause(step);
    if (due >= 1) {
      [due, known] = [0, step + 1];
      change({ step: known });
      if (over() && !follows()) return arrive();
      if (over()) wait = REST;
    }
    view.ahead = prefersStill() || pause(known) < 40 ? 0 : due;
    draw();
    run();
  }

  function run() {
    if (!frame && visible && model.get("playing")) frame = requestAnimationFrame(tick);
  }
  function wake() {
    cancelAnimationFrame(frame);
    [frame, last, due, known, wait] = [0, performance.now(), 0, model.get("step"), 0];
    run();
  }
  return {
    wake,
    hold: () => (wait = follows() ? Infinity : 0), // as long as the reader holds the ball
    letGo: () => (wait = follows() ? AGAIN : 0),
    see(now) {
      visible = now;
      wake();
    },
  };
}
