// Elements of the page with their attributes, listeners and children.

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
    else node.removeAttribute(name);
  }
  if (children.length) node.append(...children.filter((c) => c != null));
  return node;
}
const html = (tag, attributes = {}, ...children) =>
  fill(document.createElement(tag), attributes, children);
const svg = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

// In a notebook there is no figure around the widget that could hold the caption.
function caption(text) {
  const node = html("p", { class: "gu-quiet" });
  node.innerHTML = text;
  return node;
}
