// Who needs whom: chapters are joined where one needs a concept that another teaches.

function graph(chapters) {
  const teacher = new Map();
  chapters.forEach((chapter) => chapter.teaches.forEach((name) => teacher.set(name, chapter.id)));
  const before = new Map(chapters.map(({ id }) => [id, new Set()]));
  const after = new Map(chapters.map(({ id }) => [id, new Set()]));
  for (const { id, needs } of chapters) {
    for (const name of needs) {
      const from = teacher.get(name);
      if (!from || from === id) continue;
      before.get(id).add(from);
      after.get(from).add(id);
    }
  }
  const edges = chapters.flatMap(({ id }) => [...before.get(id)].map((from) => [from, id]));
  return { teacher, before, after, edges };
}

// The curve from one box to another. Boxes below each other are joined beside their column
// (in the first one at the right, to stay in the picture), all others from right to left,
// or from bottom to top where the row is another.
function curve(a, b) {
  if (Math.abs(a.left - b.left) < 4) {
    const [y1, y2] = [a.top + a.height / 2, b.top + b.height / 2];
    const bend = Math.min(10 + Math.abs(y2 - y1) / 12, 26);
    const first = a.left < 4;
    const [x, out] = first ? [a.left + a.width, a.left + a.width + bend] : [a.left, a.left - bend];
    return `M${x} ${y1}C${out} ${y1} ${out} ${y2} ${x} ${y2}`;
  }
  if (b.left > a.left) {
    const [x1, y1] = [a.left + a.width, a.top + a.height / 2];
    const [x2, y2] = [b.left, b.top + b.height / 2];
    const half = Math.max((x2 - x1) / 2, 12);
    return `M${x1} ${y1}C${x1 + half} ${y1} ${x2 - half} ${y2} ${x2} ${y2}`;
  }
  const [x1, y1] = [a.left + a.width / 2, a.top + a.height];
  const [x2, y2] = [b.left + b.width / 2, b.top];
  const half = Math.max((y2 - y1) / 2, 12);
  return `M${x1} ${y1}C${x1} ${y1 + half} ${x2} ${y2 - half} ${x2} ${y2}`;
}
