// The card of a term: what the glossary says, while the term is pointed at or has the focus,
// or after a tap. Escape closes it, and so does leaving.
(() => {
  const GAP = 6; // pixels between a word and its card
  const LEAVING = 250; // milliseconds in which a pointer may cross the gap
  const card = document.createElement("div");
  card.className = "gu-term-card";
  card.hidden = true;
  const text = document.createElement("div");
  text.id = "gu-term-text";
  const more = document.createElement("a");
  more.textContent = "In the glossary";
  card.append(text, more);
  let owner = null;
  let timer = 0;
  let pointer = "";

  function close() {
    clearTimeout(timer);
    owner?.removeAttribute("aria-describedby");
    owner = null;
    card.hidden = true;
  }
  function leave() {
    clearTimeout(timer);
    timer = setTimeout(close, LEAVING);
  }
  function open(link, definition, tapped) {
    clearTimeout(timer);
    if (owner === link) return;
    close();
    owner = link;
    if (!card.isConnected) document.querySelector("main").append(card);
    text.replaceChildren(definition.content.cloneNode(true));
    more.href = link.href;
    more.hidden = !tapped; // elsewhere the word itself is the link
    card.hidden = false;
    link.setAttribute("aria-describedby", text.id);
    place(link.getClientRects()[0]);
  }
  // Below the word, or above it where there is more room; within the window.
  function place(word) {
    const { clientWidth, clientHeight } = document.documentElement;
    const [width, height] = [card.offsetWidth, card.offsetHeight];
    const left = Math.max(8, Math.min(word.left, clientWidth - width - 8));
    const below = word.bottom + GAP;
    const above = word.top - GAP - height;
    const top = below + height > clientHeight && above > 0 ? above : below;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${top + scrollY}px`;
  }

  for (const link of document.querySelectorAll("a[href*='#term-']")) {
    const name = CSS.escape(link.hash.slice(1));
    const definition = document.querySelector(`template[data-term="${name}"]`);
    if (!definition) continue;
    const on = (event, act) => link.addEventListener(event, act);
    on("pointerenter", (event) => event.pointerType !== "touch" && open(link, definition));
    on("pointerleave", (event) => event.pointerType !== "touch" && leave());
    on("focus", () => link.matches(":focus-visible") && open(link, definition));
    on("blur", (event) => card.contains(event.relatedTarget) || close());
    on("click", (event) => {
      if (event.detail === 0 || pointer !== "touch") return; // Enter follows the link
      event.preventDefault();
      if (owner === link) close();
      else open(link, definition, true);
    });
  }
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && leave());
  document.addEventListener(
    "pointerdown",
    (event) => {
      pointer = event.pointerType;
      if (owner && !card.contains(event.target) && !owner.contains(event.target)) close();
    },
    { capture: true },
  );
  document.addEventListener("keydown", (event) => event.key === "Escape" && close());
  addEventListener("resize", close);
})();
