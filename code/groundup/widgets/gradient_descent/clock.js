// Time: steps follow each other while the model plays and the widget can be seen.

function clock(model, view, { change, over, arrive, draw }) {
  let [visible, frame, last, due, known] = [false, 0, 0, 0, 0];

  // Slowly at first, for the eye to follow; long runs gather speed.
  const pause = (step) => (prefersStill() ? 400 : Math.max(16, 260 * 0.97 ** step));

  function tick(time) {
    frame = 0;
    const step = model.get("step");
    // Another view of this model, or Python, moved on: then this one waits its turn.
    if (step !== known) [known, due] = [step, 0];
    due += Math.min(time - last, 100) / pause(step);
    last = time;
    if (due >= 1) {
      [due, known] = [0, step + 1];
      change({ step: known });
      if (over()) return arrive();
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
    [frame, last, due, known] = [0, performance.now(), 0, model.get("step")];
    run();
  }
  return {
    wake,
    see(now) {
      visible = now;
      wake();
    },
  };
}
