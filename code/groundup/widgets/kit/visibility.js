// Whether an element can be seen, how wide it is, and whether things may move by themselves.

// Tells `change` whether the element can be seen; nothing should move when it cannot.
function whileVisible(el, change, signal) {
  let inView = false;
  const tell = () => change(inView && !document.hidden);
  const observer = new IntersectionObserver((entries) => {
    inView = entries.at(-1).isIntersecting;
    tell();
  });
  observer.observe(el);
  document.addEventListener("visibilitychange", tell, { signal });
  signal.addEventListener("abort", () => observer.disconnect());
}

// Tells `change` the element's width, now and whenever it is another one.
function whenResized(el, change, signal) {
  let width = 0;
  const observer = new ResizeObserver(() => {
    if (el.clientWidth && el.clientWidth !== width) change((width = el.clientWidth));
  });
  observer.observe(el);
  signal.addEventListener("abort", () => observer.disconnect());
  return (width = el.clientWidth);
}

const prefersStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
