// kit: elements
// The answers: for each its reward, how likely the reference makes it, and how likely it is now.

function answerBars({ names, unit }) {
  const rows = names.map((name) => {
    const [before, now] = [html("span", { class: "gu-pf-before" }), html("span", { class: "gu-pf-now" })];
    const share = html("span", { class: "gu-pf-share" });
    const reward = html("span", { class: "gu-pf-reward" });
    const bars = html("span", { class: "gu-pf-bars", "aria-hidden": "true" }, now, before);
    return { before, now, share, reward, node: html("li", {}, html("span", { class: "gu-pf-word" }, name), reward, bars, share) };
  });
  const head = html("p", { class: "gu-pf-head", "aria-hidden": "true" }, html("span", {}, "answer"), html("span", {}, unit), html("span", {}), html("span", {}, "share"));
  const list = html("ol", { class: "gu-pf-list" }, ...rows.map(({ node }) => node));
  function draw({ reference, rewards }, policy) {
    rows.forEach(({ before, now, share, reward }, i) => {
      before.style.width = `${100 * reference[i]}%`;
      now.style.width = `${100 * policy[i]}%`;
      share.textContent = percent(policy[i]);
      reward.textContent = String(rewards[i]).replace("-", "−");
    });
  }
  return { node: html("div", {}, head, list), draw };
}

// What is not nothing is never called 0, nor all what is not all.
function percent(share) {
  if (share > 0.9995 && share < 1) return "> 99.9%";
  if (share < 0.0005) return share > 0 ? "< 0.1%" : "0%";
  return `${(100 * share).toFixed(1)}%`;
}
