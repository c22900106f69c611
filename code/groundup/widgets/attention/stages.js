// kit: matrix numbers
// The six stages: their names, what they do, which numbers they show, and one in full.

const quoted = (word) => `“${word}”`;
const factor = (value) => (value < 0 ? `(${fixed(value)})` : fixed(value));
const tuple = (values) => `(${values.map(fixed).join(", ")})`;

const STAGES = [
  {
    name: "Query, key, value",
    about: () => "Three matrices turn the features of each word into a query, what it looks for; a key, what it can be found by; and a value, what it hands over.",
    one: ({ words, q, k, row, column }) =>
      `${quoted(words[row])} asks with ${tuple(q[row])}. ${quoted(words[column])} can be found by ${tuple(k[column])}.`,
  },
  {
    name: "Scores",
    about: () => "Every query meets every key. Their dot product is the score: large where a key is what the query looks for. (In QKᵀ the keys, rows here, are turned upright.)",
    one: ({ words, q, k, scores, row, column }) => {
      const terms = q[row].map((value, j) => `${factor(value)} · ${factor(k[column][j])}`);
      return `${quoted(words[row])} asks ${quoted(words[column])}: ${terms.join(" + ")} = ${fixed(scores[row][column])}`;
    },
  },
  {
    name: "Scale",
    about: ({ temperature }) =>
      `A score adds up d products, so long vectors have large scores. Dividing by √d, here 2, makes up for it.${temperature === 1 ? "" : ` The temperature, ${fixed(temperature)}, divides as well.`}`,
    one: ({ scores, scaled, divisor, row, column }) =>
      `${fixed(scores[row][column])} ÷ ${fixed(divisor)} = ${fixed(scaled[row][column])}`,
  },
  {
    name: "Mask",
    about: ({ causal }) => causal
      ? "A word may not see what comes after it: those scores become −∞."
      : "The mask is off: every word may see all others, those after it, too.",
    one: ({ words, masked, causal, row, column }) => {
      if (masked[row][column] === -Infinity) {
        return `${quoted(words[column])} comes after ${quoted(words[row])}: its score becomes −∞.`;
      }
      const seen = `${quoted(words[row])} may see ${quoted(words[column])}`;
      return `${seen}${causal ? "" : ", the mask is off"}: the score stays ${fixed(masked[row][column])}.`;
    },
  },
  {
    name: "Softmax",
    about: () => "The exponential makes every score positive, and −∞ becomes 0. Divided by their sum, the numbers of a row are weights: together they are 1.",
    one: ({ words, masked, weights, row, column }) => {
      const powers = masked[row].map((score) => Math.exp(score));
      const total = powers.reduce((sum, power) => sum + power, 0);
      const top = `${number(powers[column])} ÷ ${number(total)}`;
      return `${quoted(words[row])} gives ${quoted(words[column])} the weight e^(${fixed(masked[row][column])}) ÷ the sum of its row = ${top} = ${fixed(weights[row][column])}`;
    },
  },
  {
    name: "Weighted sum",
    about: () => "Each word receives a mix of the values: every value times the weight it was given, added up. That is its row of the output.",
    one: ({ words, v, weights, output, row }) => {
      const terms = weights[row]
        .map((weight, j) => ({ weight, text: `${fixed(weight)} · ${tuple(v[j])}` }))
        .filter(({ weight }) => weight >= 0.005);
      const more = weights[row].filter((weight) => weight > 0).length > Math.min(terms.length, 3) ? " + …" : "";
      const shown = terms.sort((a, b) => b.weight - a.weight).slice(0, 3).map(({ text }) => text);
      return `${quoted(words[row])} receives ${shown.join(" + ")}${more} = ${tuple(output[row])}`;
    },
  },
];

// What each stage makes of what it had: the grids in a row, and the signs before them.
const SHOWN = [
  [["", "q"], ["", "k"], ["", "v"]],
  [["", "q"], ["×", "k"], ["=", "scores"]],
  [["", "scores"], ["→", "scaled"]],
  [["", "scaled"], ["→", "masked"]],
  [["", "masked"], ["→", "weights"]],
  [["", "weights"], ["×", "v"], ["=", "output"]],
];
const WHOLE = { 0: ["q", "k", "v"], 1: ["q", "k"], 4: ["masked"], 5: ["weights", "v", "output"] };

// The grids of a stage, filled from the state; `pick` gets a row and a column.
function stageView({ pick, signal }) {
  const rowOf = (r) => pick(r, null);
  const columnOf = (c) => pick(null, c);
  const make = (title, choose) => matrix(title, { pick: choose, signal });
  const grids = {
    q: make("Queries", rowOf), k: make("Keys", columnOf), v: make("Values", columnOf),
    scores: make("Scores", pick),
    scaled: make("Scaled scores", pick),
    masked: make("Scores after the mask", pick),
    weights: make("Weights", pick),
    output: make("Output", rowOf),
  };
  const node = html("div", { class: "gu-at-grids" });
  let before = -1;

  function place(stage) {
    const parts = SHOWN[stage].flatMap(([sign, name]) => [
      sign ? html("span", { class: "gu-at-sign", "aria-hidden": "true" }, sign) : null,
      grids[name].node,
    ]);
    node.replaceChildren(...parts.filter(Boolean));
  }

  function draw(state) {
    if (state.stage !== before) place(state.stage);
    before = state.stage;
    for (const [, name] of SHOWN[state.stage]) {
      const square = !["q", "k", "v", "output"].includes(name);
      const columns = square ? state.words : state[name][0].map((_, j) => String(j + 1));
      const asked = name === "k" || name === "v";
      const row = !asked ? state.row : state.stage === 5 ? -1 : state.column;
      const chosen = [row, WHOLE[state.stage]?.includes(name) ? null : state.column];
      grids[name].draw({ rows: state.words, columns, values: state[name], chosen, most: name === "weights" ? 1 : null });
    }
  }
  return { node, draw };
}
