// kit: elements numbers
// A matrix as a table with colors, in which a cell can be chosen by pointer or arrow keys.

const fixed = (value) =>
  value === -Infinity ? "−∞" : value.toFixed(2).replace(/^-(0\.00)$/, "$1").replace("-", "−");

function matrix(title, { pick, signal }) {
  const name = html("p", { class: "gu-matrix-name" }, title);
  const table = html("table", { role: "grid", "aria-label": title });
  const node = html("div", { class: "gu-matrix" }, name, html("div", { class: "gu-matrix-scroll" }, table));
  let [cells, heads, shape] = [[], [], ""];

  function build(rows, columns) {
    const top = columns.map((text) => html("th", { scope: "col", role: "columnheader" }, html("span", {}, text)));
    heads = rows.map((text) => html("th", { scope: "row", role: "rowheader" }, text));
    cells = rows.map(() => columns.map(() => html("td", { role: "gridcell", tabindex: -1 })));
    const lines = cells.map((line, r) => html("tr", { role: "row" }, heads[r], ...line));
    const first = html("tr", { role: "row" }, html("td", { role: "presentation" }), ...top);
    table.replaceChildren(html("thead", { role: "rowgroup" }, first), html("tbody", { role: "rowgroup" }, ...lines));
    return top;
  }
  const place = (target) => {
    const r = cells.findIndex((line) => line.includes(target));
    return r < 0 ? null : [r, cells[r].indexOf(target)];
  };
  table.addEventListener("click", ({ target }) => {
    const at = place(target.closest("td"));
    if (at) pick(...at);
  }, { signal });
  table.addEventListener("keydown", (event) => {
    const [dr, dc] = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key] ?? [];
    const at = place(event.target);
    if (dr === undefined || !at) return;
    event.preventDefault();
    const r = clamp(at[0] + dr, 0, cells.length - 1);
    const c = clamp(at[1] + dc, 0, cells[0].length - 1);
    pick(r, c);
    cells[r][c].focus();
  }, { signal });

  // `chosen` is a row and a column; a null stands for all of them.
  function draw({ rows, columns, values, chosen: [row, column], most }) {
    const now = [...rows, "|", ...columns].join(" ");
    if (now !== shape) build(rows, columns);
    shape = now;
    const size = most ?? Math.max(1e-9, ...values.flat().filter(Number.isFinite).map(Math.abs));
    values.forEach((line, r) => {
      heads[r].classList.toggle("gu-on", r === row);
      line.forEach((value, c) => {
        const cell = cells[r][c];
        const on = r === row && (column === null || c === column);
        if (cell.textContent !== fixed(value)) cell.textContent = fixed(value);
        const share = Number.isFinite(value) ? Math.abs(value) / size : 0;
        cell.style.setProperty("--share", `${(44 * Math.min(share, 1)).toFixed(1)}%`);
        cell.classList.toggle("gu-less", value < 0);
        cell.classList.toggle("gu-masked", value === -Infinity);
        cell.classList.toggle("gu-on", on);
        cell.setAttribute("aria-selected", on);
        cell.tabIndex = r === (row ?? 0) && c === (column ?? 0) ? 0 : -1;
      });
    });
  }
  return { node, draw };
}
