// kit: elements
// A slider with its name and what its value means.

// `change` gets each number on the way, `rest` is called where it stays.
function slider(name, { min = 0, max, change, rest, style = "" }) {
  const moved = () => change(Number(input.value));
  const input = html("input", { type: "range", min, max, step: 1, oninput: moved, onchange: rest });
  const shown = html("span", { class: "gu-shown" });
  const label = html("label", {}, html("span", {}, name), input);
  function draw({ value, text = "", words = text, most = max }) {
    fill(input, { max: most, "aria-valuetext": words }, []);
    input.value = value;
    shown.textContent = text;
  }
  return { node: html("div", { class: `gu-dial ${style}` }, label, shown), draw };
}

// Below a slider: what its parts are called, by the share that each has of it.
const zones = (shares) =>
  html("div", {
    class: "gu-zones",
    "aria-hidden": "true",
    style: `grid-template-columns: ${Object.values(shares).map((share) => `${share}fr`).join(" ")}`,
  }, ...Object.keys(shares).map((name) => html("span", {}, name)));
