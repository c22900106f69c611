// A GPT's forward pass, as groundup.transformers.gpt computes it, in double precision.

// The weights by name, from half precision.
function unpack(layout, text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const half = (k) => {
    const bits = bytes[2 * k] + 256 * bytes[2 * k + 1];
    const [sign, power, rest] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
    return sign * (power ? (1 + rest / 1024) * 2 ** (power - 15) : rest * 2 ** -24);
  };
  const found = {};
  let next = 0;
  for (const [name, [rows, columns]] of layout) {
    const row = (size) => Float64Array.from({ length: size }, () => half(next++));
    found[name] = columns ? Array.from({ length: rows }, () => row(columns)) : row(rows);
  }
  return found;
}

const dotOf = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
const plus = (a, b) => a.map((value, i) => value + b[i]);
const meanOf = (a) => a.reduce((sum, value) => sum + value, 0) / a.length;

function norm(x, weight, bias) {
  const centered = x.map((value) => value - meanOf(x));
  const root = Math.sqrt(dotOf(centered, centered) / x.length + 1e-5);
  return centered.map((value, i) => (value / root) * weight[i] + bias[i]);
}
function linear(x, matrix, bias) {
  const y = Float64Array.from(bias);
  matrix.forEach((row, i) => row.forEach((w, j) => (y[j] += x[i] * w)));
  return y;
}
const slope = Math.sqrt(2 / Math.PI);
const gelu = (x) => (x / 2) * (1 + Math.tanh(slope * (x + 0.044715 * x ** 3)));
function softmaxOf(scores) {
  const largest = scores.reduce((a, b) => Math.max(a, b));
  const powers = scores.map((score) => Math.exp(score - largest));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / total);
}

function network({ heads }, layout, text) {
  const w = unpack(layout, text);
  const both = (name) => [w[`${name}.weight`], w[`${name}.bias`]];
  const blocks = Object.keys(w).filter((name) => name.endsWith("ln_1.bias")).length;
  const width = w["ln_f.bias"].length;

  const lens = (x) => {
    const h = norm(x, ...both("ln_f"));
    return softmaxOf(w["wte.weight"].map((row) => dotOf(row, h)));
  };
  // What each token reads from those before it, and the weights of each head.
  function attend(qkv) {
    const size = width / heads;
    const read = qkv.map(() => new Float64Array(width));
    const weights = Array.from({ length: heads }, (_, head) =>
      qkv.map((row, t) => {
        const q = row.subarray(head * size, (head + 1) * size);
        const of = (s, part) => qkv[s].subarray(part * width + head * size, part * width + (head + 1) * size);
        const scores = Array.from({ length: t + 1 }, (_, s) => dotOf(q, of(s, 1)) / Math.sqrt(size));
        const shares = softmaxOf(scores);
        shares.forEach((share, s) => of(s, 2).forEach((v, i) => (read[t][head * size + i] += share * v)));
        return shares;
      }),
    );
    return { read, weights };
  }
  // The stages of all tokens: their start, then two for each block.
  function journey(ids, off) {
    let x = ids.map((id, t) => plus(w["wte.weight"][id], w["wpe.weight"][t]));
    const stages = [{ added: x, stream: x }];
    const add = (part, more, detail) => {
      const added = more.map((row) => (off.includes(part) ? row.map(() => 0) : row));
      x = x.map((row, t) => plus(row, added[t]));
      stages.push({ added, stream: x, ...detail });
    };
    for (let k = 0; k < blocks; k += 1) {
      const name = (rest) => both(`h.${k}.${rest}`);
      const normed = x.map((row) => norm(row, ...name("ln_1")));
      const { read, weights } = attend(normed.map((row) => linear(row, ...name("attn.c_attn"))));
      add(2 * k, read.map((row) => linear(row, ...name("attn.c_proj"))), { weights });
      const wide = x.map((row) => linear(norm(row, ...name("ln_2")), ...name("mlp.c_fc")));
      const active = wide.map((row) => row.map(gelu));
      add(2 * k + 1, active.map((row) => linear(row, ...name("mlp.c_proj"))), { active });
    }
    return stages;
  }
  return { journey, lens, blocks };
}
