// Fields for text are hidden until their section comes near. A browser that fills in forms looks
// at each field it finds, and lays out all of a section, however far away, to do so.
(() => {
  const FAR = ".gu-article > section > section"; // what is laid out when it comes near
  const QUIET = 10_000; // milliseconds, then a list of all fields shall be complete
  const wake = (near) => {
    for (const field of near.querySelectorAll(".gu-fields input[type=hidden]")) field.type = "text";
  };
  const all = () => wake(document);
  // Whether a section is laid out is told by what is in it.
  const drawn = (section) => section.firstElementChild.checkVisibility({ contentVisibilityAuto: true });

  if (!("oncontentvisibilityautostatechange" in document)) return all();
  for (const field of document.querySelectorAll(".gu-fields input[type=hidden]")) {
    const section = field.closest(FAR);
    if (!section || drawn(section)) field.type = "text";
  }
  const options = { capture: true };
  const changed = ({ target, skipped }) => skipped || wake(target);
  document.addEventListener("contentvisibilityautostatechange", changed, options);
  document.addEventListener("keydown", all, { ...options, once: true }); // Tab goes to the next field
  setTimeout(all, QUIET);
})();
