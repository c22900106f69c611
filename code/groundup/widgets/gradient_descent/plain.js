// The small form, for a place where nothing has been explained: words that need no formula.

const hint = () =>
  html("p", { class: "gu-quiet" }, "Grab the ball, or an end of the line: both pictures show the same thing.");

function plainly({ step, loss, q }, { over, playing }) {
  const miss = Math.sqrt(loss).toFixed(2); // what the chapter calls the typical miss
  const where = `the line typically misses by ${miss}`;
  if (over) return `Step ${step}: the bottom. Here ${where}, and no line does better.`;
  if (step === 0) return `Before the first step, ${where}.`;
  return `Each step goes downhill. Step ${step}: ${where}.`;
}
