// kit: elements numbers
// The contours of a bowl and its directions: of the quadratic that has its `minimum` at
// `optimum` and rises by value / 2 where one goes along a `vector` by 1, `steep` or `flat`.

const RING = 1.5; // each contour has 1.5 times the radius of the one inside it

// The contour `excess` above the minimum is a circle of radius 1 seen through this matrix.
function ring(plot, { optimum, flat, steep }, excess) {
  const [x0, y0] = plot.pixel(optimum);
  const columns = [flat, steep].flatMap(({ value, vector: [b, m] }) => {
    const length = Math.sqrt((2 * excess) / value);
    const [x, y] = plot.pixel([optimum[0] + length * b, optimum[1] + length * m]);
    return [x - x0, y - y0];
  });
  return [...columns, x0, y0];
}

// The number of a contour, below it, or left of one that lies flat; none near an edge.
function numbered(plot, [fx, fy, , , x0, y0], value) {
  const side = fy > 0.2 * Math.abs(fx) || (fy > -0.2 * Math.abs(fx) && fx < 0) ? 1 : -1;
  const [x, y] = [x0 + side * fx, y0 + side * fy];
  const across = x > plot.x.from + 24 && x < plot.x.to - 24;
  if (!across || y <= plot.y.to + 12 || y >= plot.y.from - 12) return null;
  return svg("text", { class: "gu-halo gu-level", x, y: y + 4 }, number(round(value, 2), 2));
}

// Contours from the one `excess` above the minimum inward and out to the edge, and the
// numbers of every other one.
function contours(plot, bowl, excess) {
  const size = Math.hypot(plot.box.width, plot.box.height);
  const [rings, numbers] = [[], []];
  for (let power = -5; power < 24; power += 1) {
    const level = excess * RING ** (2 * power);
    const matrix = ring(plot, bowl, level);
    if (power > 0 && Math.hypot(matrix[2], matrix[3]) > size) break;
    const outer = power > 0 && "gu-outer";
    rings.push(svg("circle", { r: 1, transform: `matrix(${matrix.join(" ")})`, class: outer }));
    if (power % 2 && power > -4) numbers.push(numbered(plot, matrix, bowl.minimum + level));
  }
  return [
    svg("g", { class: "gu-rings" }, ...rings.reverse()),
    svg("g", { "aria-hidden": "true" }, ...numbers),
  ];
}

// The two directions, from edge to edge through the optimum. The steep one has its name at
// the upper end and the flat one at the lower, so that they never meet.
function directions(plot, bowl) {
  const [x0, y0] = plot.pixel(bowl.optimum);
  const [wide, tall] = [plot.box.width / 2, plot.box.height / 2];
  const drawn = ["steep", "flat"].map((name) => {
    const [x, y] = plot.pixel(bowl.optimum.map((v, i) => v + bowl[name].vector[i]));
    const size = Math.hypot(x - x0, y - y0);
    const [ux, uy] = [(x - x0) / size, (y - y0) / size];
    const edge = Math.min(wide / Math.abs(ux), tall / Math.abs(uy));
    const toEnd = (name === "steep" ? uy > 0 : uy < 0) ? -edge : edge;
    const [dx, dy] = [ux * toEnd, uy * toEnd];
    const line = svg("line", { x1: x0 - dx, y1: y0 - dy, x2: x0 + dx, y2: y0 + dy });
    const place = { x: x0 + dx + (dx < 0 ? 10 : -10), y: y0 + dy + (dy < 16 - tall ? 18 : -10) };
    const anchor = dx < 0 ? "start" : "end";
    return [line, svg("text", { class: "gu-halo", ...place, "text-anchor": anchor }, name)];
  });
  return svg("g", { class: "gu-directions" }, ...drawn.map(([line]) => line), ...drawn.map(([, text]) => text));
}
