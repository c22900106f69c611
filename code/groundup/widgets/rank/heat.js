// kit: elements numbers plot
// A matrix as a map: blue entries are positive, orange ones negative and marked by a dash.

const [ROOMY, LARGE] = [28, 44]; // pixels of a cell with room for a number, and for a longer one
const FAINT = 0.06; // share of the largest entry below which no sign is marked

function heat(title) {
  const name = html("p", { class: "gu-rk-name" }, title);
  const picture = svg("svg", { role: "img", "aria-label": title });
  let [cells, size] = [[], 0];

  function layout(width, [rows, columns]) {
    size = width / Math.max(rows, columns);
    fill(picture, { width: columns * size, height: rows * size, viewBox: `0 0 ${columns * size} ${rows * size}` }, []);
    const texts = size >= ROOMY;
    cells = Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => {
      const [x, y] = [j * size, i * size];
      const box = { x: at(x + 0.5), y: at(y + 0.5), width: at(size - 1), height: at(size - 1) };
      const rect = svg("rect", { class: "gu-rk-cell", ...box });
      const dash = svg("path", { class: "gu-rk-dash", d: `M${at(x + size * 0.3)} ${at(y + size / 2)}h${at(size * 0.4)}` });
      const text = svg("text", { x: at(x + size / 2), y: at(y + size / 2 + 4), "text-anchor": "middle" });
      return { rect, dash, text, ground: svg("rect", { class: "gu-ground", ...box }), texts };
    }));
    picture.replaceChildren(...cells.flat().flatMap(({ ground, rect, dash, text }) =>
      texts ? [ground, rect, text] : [ground, rect, dash]));
  }
  // `most` is the size of an entry that is colored in full.
  function draw({ title: now, values, most }) {
    name.textContent = now;
    values.forEach((line, i) => line.forEach((value, j) => {
      const { rect, dash, text, texts } = cells[i][j];
      const share = Math.min(Math.abs(value) / most, 1);
      rect.style.fillOpacity = (share * (texts ? 0.44 : 1)).toFixed(3);
      rect.classList.toggle("gu-less", value < 0);
      dash.style.display = value < 0 && share > FAINT ? "" : "none";
      text.textContent = cellText(value, most, size >= LARGE ? 2 : 1);
    }));
    const rows = values.map((line) => line.map((value) => cellText(value, most, 2)).join(", "));
    const entries = values.length * values[0].length > 16 ? "" : `: ${rows.join("; ")}`;
    picture.setAttribute("aria-label", `${now}, ${values.length} by ${values[0].length}${entries}`);
  }
  return { node: html("div", { class: "gu-rk-map" }, name, picture), layout, draw };
}

// So many digits after the point where entries are of the size of one, more where they are
// smaller; what rounding left is 0.
function cellText(value, most, digits) {
  const places = clamp(digits - 1 - Math.floor(Math.log10(most)), digits - 1, digits);
  return value.toFixed(places).replace(/^-(0(\.0+)?)$/, "$1").replace("-", "−");
}
