// kit: visibility
// Time: steps follow each other while the explorable plays and can be seen.

const AT_LEAST = 400; // milliseconds of a step where motion is not wanted: it jumps
const TOO_FAST = 40; // and where it is, of a step too short to be seen on its way

// `step` and `playing` tell where it stands, `pause` how long a step lasts, `advance` takes
// it, `between` gets the part of the next step that has passed. After `wait` comes `waited`.
function clock({ step, playing, pause, advance, between, waited, signal }) {
  let [visible, frame, last, due, known, left] = [false, 0, 0, 0, 0, 0];
  const lasts = () => (prefersStill() ? Math.max(AT_LEAST, pause(step())) : pause(step()));

  function tick(now) {
    frame = 0;
    // Another view of this model, or Python, moved on: then this one waits its turn.
    if (step() !== known) [known, due] = [step(), 0];
    // A frame can have begun before what woke it; after a pause of the page it comes late.
    const passed = Math.max(0, Math.min(now - last, 100));
    last = now;
    if (left > 0) {
      left -= passed;
      if (left <= 0) waited();
      return run();
    }
    due += passed / lasts();
    if (due >= 1) {
      [due, known] = [0, known + 1];
      advance(known);
    }
    between?.(prefersStill() || lasts() < TOO_FAST ? 0 : due);
    run();
  }
  function run() {
    if (!frame && visible && playing()) frame = requestAnimationFrame(tick);
  }
  function wake() {
    cancelAnimationFrame(frame);
    [frame, last, due, known, left] = [0, performance.now(), 0, step(), 0];
    run();
  }
  function see(now) {
    visible = now;
    wake();
  }
  signal.addEventListener("abort", () => see(false));
  return { wake, see, wait: (milliseconds) => (left = milliseconds) };
}
