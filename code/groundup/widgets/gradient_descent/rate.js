// kit: elements numbers slider
// The learning rate: a slider that ends a little past the threshold, which is marked on it.

const TOP = 1.25; // the slider ends at 1.25 times the threshold
const NOTCHES = 250;

function rateControl({ setRate, rest }) {
  let threshold = 1;
  const change = (notch) => setRate(round((notch / NOTCHES) * TOP * threshold, 3));
  const dial = slider("Learning rate η", { min: 1, max: NOTCHES, change, rest, style: "gu-rail" });
  const mark = html("div", { class: "gu-gd-mark" });
  const parts = zones({ "no overshoot": 2, overshoots: 2, diverges: 1 });
  parts.append(mark);
  const node = html("div", { class: "gu-gd-rate" }, dial.node, parts);

  function draw({ q, rate }) {
    threshold = q.threshold;
    const now = regime(q, rate);
    const value = Math.round((rate / threshold / TOP) * NOTCHES);
    dial.draw({ value, text: number(rate), words: `${number(rate)}: ${now.title.toLowerCase()}` });
    mark.replaceChildren("2/λ", html("sub", {}, "max"), ` = ${number(threshold)}`);
    node.dataset.regime = now.name;
  }
  return { node, draw };
}
