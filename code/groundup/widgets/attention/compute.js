// The mathematics: words become features, features queries, keys and values, and so on.

const MOST = 8;
const allWords = (text) => text.toLowerCase().match(/[\p{L}\p{N}_']+|[^\p{L}\p{N}_'\s]/gu) ?? [];
const wordsOf = (text) => allWords(text).slice(0, MOST);

// Four features of the spelling, first letters counting more, then points on two circles.
function embedded(words, letters, turns) {
  return words.map((word, t) => {
    const spelled = letters[0].map(() => 0);
    [...word].forEach((letter, k) => {
      const features = letters[letter.codePointAt(0) % letters.length];
      features.forEach((value, j) => (spelled[j] += value / (k + 1)));
    });
    const size = Math.hypot(...spelled);
    const place = turns.flatMap((angle) => [Math.cos(angle * t), Math.sin(angle * t)]);
    return [...spelled.map((value) => value / size), ...place];
  });
}

const dot = (a, b) => a.reduce((sum, value, k) => sum + value * b[k], 0);
const times = (x, w) => x.map((row) => w[0].map((_, j) => row.reduce((s, v, k) => s + v * w[k][j], 0)));

function softmax(scores) {
  const largest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

// Every array on the way from features to the output, as the library computes them.
function attention(x, head, temperature, causal) {
  const [q, k, v] = [head.w_q, head.w_k, head.w_v].map((w) => times(x, w));
  const divisor = Math.sqrt(q[0].length) * temperature;
  const scores = q.map((query) => k.map((key) => dot(query, key)));
  const scaled = scores.map((row) => row.map((score) => score / divisor));
  const masked = scaled.map((row, t) => row.map((s, j) => (causal && j > t ? -Infinity : s)));
  const weights = masked.map(softmax);
  const output = times(weights, v);
  return { q, k, v, scores, scaled, masked, weights, output, divisor };
}
