// kit: elements numbers visibility shell controls slider
// The page: a dial for β, the answers and where it leads them, and DPO's loss of one pair.

function render({ model, el }) {
  const page = shell({ model, el }, { share, adopt });
  const { get, signal } = page;
  const has = (name) => get("controls").includes(name);
  const answers = Object.fromEntries(["names", "reference", "rewards", "unit"].map((name) => [name, get(name)]));
  const pairs = get("pairs");
  const home = Object.fromEntries(["beta", "pair", "margin"].map((name) => [name, get(name)]));
  let width = 0;

  // ---- what the reader does
  function change(traits) {
    page.change(traits);
    draw();
  }
  const rest = () => page.say(`${said.textContent} ${has("loss") ? told.textContent : ""}`);
  const move = (margin) => change({ margin: Math.round(100 * clamp(margin, -FAR, FAR)) / 100 || 0 });
  const choose = (pair) => (change({ pair }), rest());
  const reset = () => (change({ ...home }), rest());

  // ---- what the page holds
  const dial = slider("β", {
    min: stopOf(LEAST), max: stopOf(MOST), change: (stop) => change({ beta: stopped(stop) }), rest, style: "gu-rail",
  });
  const ends = html("p", { class: "gu-pf-ends", "aria-hidden": "true" }, html("span", {}, "reward alone"), html("span", {}, "the reference"));
  const bars = answerBars(answers);
  const body = html("tbody", {});
  const head = html("thead", {}, html("tr", {}, html("td", {}), html("th", { scope: "col" }, "reference"), html("th", { scope: "col" }, "now")));
  const facts = html("table", { class: "gu-pf-facts", "aria-label": "Numbers" }, head, body);
  const said = html("p", { class: "gu-pf-said" });
  const loss = has("loss") ? lossPanel({ move, rest, signal }) : null;
  const names = pairs.map(([chosen, rejected]) => `${answers.names[chosen]} over ${answers.names[rejected]}`);
  const pair = menu("Preferred", names, choose);
  const told = html("p", { class: "gu-pf-told" });
  const bar = [
    has("reset") ? button("Reset", reset, icon("reset")) : null,
    has("link") ? page.copy : null,
  ].filter(Boolean);
  const buttons = bar.length ? html("div", { class: "gu-pf-bar" }, ...bar) : null;
  const left = html("div", { class: "gu-pf-part" }, bars.node, facts, said, buttons);
  const right = loss && html("div", { class: "gu-pf-part" }, loss.node, pairs.length > 1 ? pair.node : null, told);
  const root = html("div", { class: "gu-x gu-pf" },
    html("div", {}, dial.node, ends),
    html("div", { class: "gu-pf-pair" }, left, right),
    page.spoken);

  function now() {
    const [beta, margin, pair] = [get("beta"), get("margin"), pairs[get("pair")]];
    const policy = policyAt(answers, beta);
    return { beta, margin, pair, policy, ...judged(answers, policy), ...dpo(margin, beta), aim: marginAt(answers, pair, beta) };
  }
  function sentence({ beta, policy, kl, variety }) {
    const top = policy.indexOf(Math.max(...policy));
    const share = percent(policy[top]).replace("> ", "more than ");
    const start = `β = ${beta}: ${answers.names[top]} is likeliest, with ${share}.`;
    if (variety < 1.1) return `${start} Nearly all answers are the same one: variety has collapsed.`;
    if (kl < 0.01) return `${start} That is hardly different from the reference: ${number(kl)} nats away.`;
    return `${start} It is ${number(kl)} nats from the reference, and as varied as ${number(variety, 2)} answers that are equally likely.`;
  }
  function lesson({ beta, margin, pair, scaled, slope, aim }) {
    const [chosen, rejected] = pair.map((i) => answers.names[i]);
    const start = margin === 0
      ? `Nothing has been learned yet: the loss is ln 2, and its slope −β/2 = ${number(slope)}.`
      : `Beside ${rejected}, ${chosen} is ${number(Math.exp(margin))} times as likely as under the reference: m is ${number(margin)} and β m is ${number(scaled)}. The slope is −β σ(−β m).`;
    return `${start} Where β = ${beta} leads, m is ${number(aim)}.`;
  }
  function layout() {
    const two = width >= 640 && loss;
    root.classList.toggle("gu-pf-wide", Boolean(two));
    const each = two ? (width - 28) / 2 : width;
    loss?.layout(now(), each, Math.round(clamp(each * 0.75, 220, 300)));
    draw();
  }
  function draw() {
    const state = now();
    const { policy, reward, kl, variety, scaled, loss: value, slope, aim } = state;
    page.change({ policy, numbers: { reward, kl, variety, scaled, loss: value, slope, aim } });
    const before = judged(answers, answers.reference);
    const rows = [["expected reward", "reward"], ["KL to the reference", "kl"], ["as varied as … answers", "variety"]];
    body.replaceChildren(...rows.map(([text, name]) => html("tr", {}, html("th", { scope: "row" }, text),
      html("td", {}, before[name].toFixed(2).replace("-0.00", "0.00")), html("td", {}, state[name].toFixed(2)))));
    bars.draw(answers, policy);
    loss?.draw(state);
    said.textContent = sentence(state);
    told.textContent = lesson(state);
    pair.draw(get("pair"));
    dial.draw({ value: stopOf(state.beta), text: String(state.beta), words: `β = ${state.beta}` });
  }

  // ---- sharing
  function share() {
    return { beta: get("beta"), pair: get("pair"), margin: get("margin") };
  }
  function adopt({ beta, pair, margin }) {
    const traits = {};
    if (Number(beta) > 0 && Number.isFinite(Number(beta))) traits.beta = clamp(Number(beta), LEAST, MOST);
    if (/^\d{1,3}$/.test(pair ?? "")) traits.pair = Math.min(Number(pair), pairs.length - 1);
    if (margin && Math.abs(margin) <= FAR) traits.margin = Number(margin);
    change(traits);
  }

  page.watch(["beta", "pair", "margin"], draw);
  return page.show(root, {
    begin() {
      width = whenResized(root, (next) => ((width = next), layout()), signal) || 640;
      layout();
    },
    see() {},
  });
}

export default { render };
