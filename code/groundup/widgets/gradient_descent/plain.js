// kit: elements numbers
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

// Of steps that the reader's own gradient makes: what each did, and why there are no more.
function ownSteps({ step, losses }, { path, problem }) {
  const [before, now] = [losses[step - 1], losses[step]];
  const way = now < before ? "downhill" : now > before ? "uphill" : "nowhere";
  const last = step ? ` This step led ${way}.` : "";
  const end = problem && step === path.length - 1 ? ` There are no more: ${problem}.` : "";
  return `Steps of your gradient. Step ${step}: loss ${number(now)}.${last}${end}`;
}
