// kit: numbers
// The mathematics of one line through data: w = (intercept, slope), X = [1 x].

function quadratic(x, y) {
  const n = x.length;
  const mean = (values) => values.reduce((sum, v) => sum + v, 0) / n;
  const [xMean, yMean] = [mean(x), mean(y)];
  const xVariance = mean(x.map((v) => (v - xMean) ** 2));
  const slope = mean(x.map((v, i) => (v - xMean) * (y[i] - yMean))) / xVariance;
  const optimum = [yMean - slope * xMean, slope];
  const [a, b, c] = [2, 2 * xMean, 2 * (xVariance + xMean ** 2)]; // H = [[a, b], [b, c]]
  const spread = Math.hypot((a - c) / 2, b);
  const steep = (a + c) / 2 + spread;
  const flat = (4 * xVariance) / steep; // the product of both is det H = 4 var(x)
  const v = unit(a > c ? [steep - c, b] : [b, steep - a]);
  return {
    x, y, n, optimum,
    hessian: [[a, b], [b, c]],
    minimum: loss(x, y, optimum),
    steep: { value: steep, vector: v },
    flat: { value: flat, vector: [-v[1], v[0]] },
    threshold: 2 / steep,
  };
}

function unit([p, q]) {
  const size = Math.hypot(p, q);
  return size > 1e-9 ? [p / size, q / size] : [1, 0]; // a circle: any direction is steep
}

function loss(x, y, [intercept, slope]) {
  let sum = 0;
  for (let i = 0; i < x.length; i += 1) sum += (intercept + slope * x[i] - y[i]) ** 2;
  return sum / x.length;
}

// The box around the contour on which the line `home` lies, with some room, and how much
// larger than the least one the loss is there.
function around(q, home) {
  const [[a], [, c]] = q.hessian;
  const spread = loss(q.x, q.y, [q.optimum[0] + Math.sqrt(2 / a), q.optimum[1]]) - q.minimum;
  const excess = Math.max(loss(q.x, q.y, home) - q.minimum, 1e-6 * q.minimum, 1e-12 * spread);
  const det = q.steep.value * q.flat.value;
  const half = [c, a].map((entry) => 1.15 * Math.sqrt((2 * excess * entry) / det));
  return { excess, ranges: half.map((h, i) => [q.optimum[i] - h, q.optimum[i] + h]) };
}

// One step: w − η (2/n) Xᵀ(Xw − y)
function descended(x, y, [intercept, slope], rate) {
  let [forIntercept, forSlope] = [0, 0];
  for (let i = 0; i < x.length; i += 1) {
    const residual = intercept + slope * x[i] - y[i];
    forIntercept += residual;
    forSlope += residual * x[i];
  }
  const factor = rate * (2 / x.length);
  return [intercept - factor * forIntercept, slope - factor * forSlope];
}

// Lengthens `path` in place until it holds `steps` steps; they are always all of one rate.
function lengthened(path, { x, y }, rate, steps) {
  while (path.length <= steps) path.push(descended(x, y, path.at(-1), rate));
  return path;
}

// How a rate multiplies the error in both directions at each step, in words.
function factors({ steep, flat }, rate) {
  const [s, f] = [steep, flat].map(({ value }) => {
    const loss = rate * value; // too small a part to be seen in a rounded factor
    return loss < 5e-4 ? `1 − ${number(loss, 2)}` : number(1 - loss);
  });
  return `Each step multiplies the error by ${s} in the steep direction and by ${f} in the flat one.`;
}

// What a rate does, in words, from its effect on both eigen-directions of the Hessian.
function regime({ steep, flat, threshold }, rate) {
  const shrink = [1 - rate * steep.value, 1 - rate * flat.value];
  const slowest = Math.max(...shrink.map(Math.abs));
  const steps = Math.max(1, Math.ceil(Math.log(0.01) / (2 * Math.log(slowest))));
  const about = steps < 100 ? steps : number(round(steps, 2), 2);
  const need = `about ${about} step${steps === 1 ? "" : "s"} for 99 % of the way down`;
  if (rate >= threshold * (1 - 1e-12)) {
    const more = Math.abs(shrink[0]);
    const grows = `each step multiplies the error in the steep direction by ${number(-more)}`;
    return { name: "diverges", title: "Diverges", text: `${grows}: it swings and grows.` };
  }
  if (shrink[0] < -0.02) {
    const text = `each step lands on the other side of the valley, and closer; ${need}.`;
    return { name: "overshoots", title: "Overshoots, but converges", text };
  }
  if (rate * steep.value < 0.25) {
    return { name: "slow", title: "Slow", text: `short, safe steps; ${need}.` };
  }
  const pace = steps > 100 ? "Smooth, but slow along the valley" : "Fast";
  return { name: "fast", title: pace, text: `no overshoot; ${need}.` };
}
