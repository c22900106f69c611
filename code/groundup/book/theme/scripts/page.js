// The frame of a page: menu, color theme, headings in view, copying, boxes that scroll.
(() => {
  const root = document.documentElement;
  const find = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  // Contents as a menu on small screens: Escape and a second press close it.
  const menu = find(".gu-menu-button");
  const contents = find(".gu-contents");
  const open = (yes) => {
    contents.classList.toggle("gu-open", yes);
    menu.setAttribute("aria-expanded", String(yes));
  };
  menu.addEventListener("click", () => {
    const yes = !contents.classList.contains("gu-open");
    open(yes);
    if (yes) find("a", contents)?.focus();
  });
  const launch = find(".gu-launch");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (contents.classList.contains("gu-open")) {
      open(false);
      menu.focus();
    }
    if (launch?.open) {
      launch.open = false;
      find("summary", launch).focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (launch?.open && !launch.contains(event.target)) launch.open = false;
  });

  // Automatic, light, dark: the choice is kept in this browser.
  const button = find(".gu-theme");
  const names = { "": "automatic", light: "light", dark: "dark" };
  const say = () =>
    button.setAttribute("aria-label", `Color theme: ${names[root.dataset.theme || ""]}`);
  say();
  button.addEventListener("click", () => {
    const order = Object.keys(names);
    const now = order[(order.indexOf(root.dataset.theme || "") + 1) % order.length];
    if (now) root.dataset.theme = now;
    else delete root.dataset.theme;
    try {
      if (now) localStorage.setItem("groundup.theme", now);
      else localStorage.removeItem("groundup.theme");
    } catch {} // a browser that keeps nothing still shows the choice on this page
    say();
  });

  // The heading being read, marked in the list at the side.
  const links = all(".gu-onpage a[href^='#']").filter((a) => a.hash.length > 1);
  const sections = new Map(
    links.map((a) => [document.getElementById(decodeURIComponent(a.hash.slice(1))), a]),
  );
  const spy = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        for (const link of links) link.removeAttribute("aria-current");
        sections.get(target)?.setAttribute("aria-current", "true");
      }
    },
    { rootMargin: "-15% 0% -75% 0%" },
  );
  for (const section of sections.keys()) if (section) spy.observe(section);

  // A link to a folded section opens it; what is inside a fold, browsers open themselves, but
  // some of them measure the way to it before it is open.
  const unfold = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target?.matches(".gu-deeper")) find("details", target).open = true;
    else if (target?.closest("details")) requestAnimationFrame(() => target.scrollIntoView());
  };
  addEventListener("hashchange", unfold);
  unfold();

  // A box that scrolls sideways can be reached and scrolled from the keyboard.
  const boxes = "div.math, .highlight pre, table.docutils, .text_html, .gu-formula-math";
  const sizes = new ResizeObserver((entries) => {
    for (const { target: box } of entries) {
      const scrolls = box.scrollWidth > box.clientWidth;
      if (scrolls) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
      if (scrolls && box.tagName !== "TABLE") {
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", box.matches("pre") ? "Code" : "Wide content");
      }
    }
  });
  const measure = () => {
    for (const box of all(boxes)) {
      sizes.unobserve(box); // to be told again, also of what only its text changed
      sizes.observe(box);
    }
  };
  measure();
  document.fonts?.ready.then(measure); // other letters are wider, in boxes of the same size

  // Copying a cell's code; outputs are not code.
  for (const code of all("div.highlight")) {
    if (code.closest(".cell_output") || !navigator.clipboard) continue;
    const copy = document.createElement("button");
    copy.type = "button";
    copy.className = "gu-copy";
    copy.textContent = "Copy";
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(find("pre", code).textContent);
      copy.textContent = "Copied";
      copy.addEventListener("blur", () => (copy.textContent = "Copy"), { once: true });
    });
    code.append(copy);
  }

  // Paper shows what is folded, except solutions and the source of figures.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open])").filter((d) => !d.closest(".gu-exercise, .gu-top, .hide"));
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of folded) details.open = false;
  });
})();
