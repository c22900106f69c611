// Contours of any function of two variables, as one path for each level.

const CELLS = 64; // along each axis

// The function on a grid of points (x, y), row by row from the bottom.
function sampled(f, [x0, x1], [y0, y1]) {
  const along = (low, high) => Array.from({ length: CELLS + 1 }, (_, k) => low + (k / CELLS) * (high - low));
  const [xs, ys] = [along(x0, x1), along(y0, y1)];
  return { xs, ys, values: ys.map((y) => xs.map((x) => f(x, y))) };
}

// Through each cell the contour runs straight between the sides that it crosses. Where it
// crosses all four, two pieces are drawn, side by side.
function contourPath({ xs, ys, values }, level, pixel) {
  const pieces = [];
  const between = (a, b, fa, fb) => a + ((level - fa) / (fb - fa)) * (b - a);
  for (let j = 0; j < CELLS; j += 1) {
    for (let i = 0; i < CELLS; i += 1) {
      const corners = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]];
      const found = [];
      corners.forEach(([p, q], k) => {
        const [r, s] = corners[(k + 1) % 4];
        const [from, to] = [values[q][p], values[s][r]];
        if (from < level === to < level) return;
        found.push(pixel([between(xs[p], xs[r], from, to), between(ys[q], ys[s], from, to)]));
      });
      for (let k = 0; k + 1 < found.length; k += 2) {
        const [[ax, ay], [bx, by]] = [found[k], found[k + 1]];
        pieces.push(`M${at(ax)} ${at(ay)}L${at(bx)} ${at(by)}`);
      }
    }
  }
  return pieces.join("");
}
