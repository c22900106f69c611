// The law: the nearest matrix of rank r is made of the r largest singular values with their
// directions. Python sends the decomposition; a test compares the sums with Python's.

const sumOf = (values) => values.reduce((sum, value) => sum + value, 0);
const squares = (values) => sumOf(values.map((value) => value * value));

// A product of thin matrices: U scaled by the first r singular values, and the first r of V.
const nearest = ({ u, s, v }, r) =>
  u.map((line) => v[0].map((_, j) => sumOf(s.slice(0, r).map((size, k) => line[k] * size * v[k][j]))));

const difference = (one, other) => one.map((line, i) => line.map((value, j) => value - other[i][j]));

// What a rank keeps, what it misses, and how many numbers it takes.
function told(matrix, r) {
  const { s, values } = matrix;
  const [rows, columns] = [values.length, values[0].length];
  return {
    kept: squares(s.slice(0, r)) / squares(s),
    missing: squares(s.slice(r)),
    thin: r * (rows + columns),
    full: rows * columns,
  };
}

// The rank of a matrix: how many of its singular values are more than rounding.
const rankOf = ({ s }) => s.filter((size) => size > 1e-10 * s[0]).length;
