// Temperature, top-k, top-p and min-p on a list sorted by logit, as the library computes
// them. Each rule keeps the head of the list, so all that matters is where it cuts.

const sumOf = (values) => values.reduce((sum, value) => sum + value, 0);

// How many tokens stay, the weight they have together, and which rule cut first.
function cut(entry, stops, { t, k, p, m }) {
  const { logits, size } = entry;
  const temperature = stops.t[t];
  const weights = logits.map((logit) => Math.exp((logit - logits[0]) / temperature));
  const everything = [size, entry.totals[t]];
  const head = (count) => [count, sumOf(weights.slice(0, count))];

  let kept = everything;
  let rule = "";
  const tighten = (next, name) => {
    if (next[0] < kept[0]) [kept, rule] = [next, name];
  };
  const count = stops.k[k];
  if (count && count < size) {
    tighten(head(logits.filter((logit) => logit >= logits[count - 1]).length), "top-k");
  }
  if (stops.p[p] < 1) tighten(byShare(entry, weights, kept, t, p, stops.p[p]), "top-p");
  if (stops.m[m] > 0) {
    const beyond = entry.by_ratio[`${t},${m}`];
    tighten(beyond ?? head(weights.filter((w) => w >= stops.m[m]).length), "min-p");
  }
  return { weights, kept: kept[0], mass: kept[1], rule };
}

// The first tokens whose weight reaches a share of what was kept so far.
function byShare(entry, weights, kept, t, p, share) {
  const whole = kept[0] === entry.size;
  const beyond = entry.by_share[`${t},${p}`];
  if (whole && beyond) return beyond;
  let sum = 0;
  for (let count = 0; count < weights.length; count += 1) {
    sum += weights[count];
    if (sum >= share * kept[1]) return [count + 1, sum];
  }
  return kept;
}

// What the page shows: each token's probability under the model and under the rules.
function distribution(entry, stops, at) {
  const one = stops.t.indexOf(1);
  const plain = entry.logits.map((l) => Math.exp(l - entry.logits[0]) / entry.totals[one]);
  const { weights, kept, mass, rule } = cut(entry, stops, at);
  const ruled = weights.map((weight, i) => (i < kept ? weight / mass : 0));
  return { plain, ruled, kept, rule };
}

// A small generator of random numbers with a seed (mulberry32): draws can be repeated.
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 15), z | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return ((z ^ (z >>> 14)) >>> 0) / 4294967296;
  };
}

// The place of a token drawn with these probabilities; -1 for one beyond the list.
function draw(ruled, next) {
  let left = next();
  for (let i = 0; i < ruled.length; i += 1) {
    left -= ruled[i];
    if (left < 0) return i;
  }
  return -1;
}
