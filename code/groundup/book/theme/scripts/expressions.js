// Formulas as people type them: 2x(wx − y), 2*x*(w*x-y), e^(-x²/2), sqrt(d). The rules are those
// of groundup/grader/expressions.py; tests/book/expressions.json holds what both read and refuse.
(() => {
  const [LONGEST, DEEPEST, LONGEST_WORD] = [200, 20, 20];
  const [FROM, TO] = ["−–·⋅×∙⁄∕÷[]{}", "--****///()()"];
  const [RAISED, LOWERED] = ["⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"];
  const TOKEN = /([0-9]+\.?[0-9]*|\.[0-9]+)|([A-Za-zα-ωΑ-Ω]+(?:_?[0-9]+)?)|(\*\*|[-+*/^()√])/y;
  const TWO_WAYS = "1/2x can be read in two ways: write (1/2)x or 1/(2x).";
  const CONSTANTS = { pi: Math.PI, π: Math.PI, e: Math.E };
  const FUNCTIONS = {
    sqrt: Math.sqrt,
    exp: Math.exp,
    ln: Math.log,
    log: Math.log,
    abs: Math.abs,
    tanh: Math.tanh,
  };
  const OPERATORS = {
    "+": (a, b) => a + b,
    "-": (a, b) => a - b,
    "*": (a, b) => a * b,
    "/": (a, b) => (b === 0 ? NaN : a / b),
    "^": (a, b) => a ** b,
  };
  const has = (table, name) => Object.hasOwn(table, name);

  function plain(written) {
    return written
      .replace(/⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (power) => {
        const digits = [...power].map((c) => (c === "⁻" ? "-" : RAISED.indexOf(c)));
        return `^(${digits.join("")})`;
      })
      .replace(/[−–·⋅×∙⁄∕÷[\]{}]/g, (c) => TO[FROM.indexOf(c)])
      .replace(/[₀₁₂₃₄₅₆₇₈₉]/g, (c) => LOWERED.indexOf(c));
  }
  // wx is w times x where wx itself is no name.
  function named(word, symbols) {
    const isName = (name) => symbols.includes(name) || has(CONSTANTS, name);
    if (isName(word) || has(FUNCTIONS, word)) return [word];
    const longest = word.length <= LONGEST_WORD ? word.length - 1 : 0;
    for (let length = longest; length > 0; length--) {
      if (!isName(word.slice(0, length))) continue;
      try {
        return [word.slice(0, length), ...named(word.slice(length), symbols)];
      } catch {
        continue;
      }
    }
    throw new Error(`“${word}” has no meaning here: the symbols are ${symbols.join(", ")}.`);
  }
  function tokens(written, symbols) {
    const [text, found] = [plain(written), []];
    let place = 0;
    while (place < text.length) {
      if (text[place] === " ") {
        place += 1;
        continue;
      }
      TOKEN.lastIndex = place;
      const token = TOKEN.exec(text);
      if (!token) {
        const sign = String.fromCodePoint(text.codePointAt(place));
        throw new Error(`“${sign}” cannot be read in a formula here.`);
      }
      place = TOKEN.lastIndex;
      if (token[2]) found.push(...named(token[2].replaceAll("_", ""), symbols));
      else found.push(token[0] === "**" ? "^" : token[0]);
    }
    return found;
  }

  // Returns a formula as steps in their order; throws an Error with a sentence to the writer.
  function readFormula(text, symbols) {
    const written = text.replace(/[ \t\n\r\u00a0\u2007\u2009\u200a\u202f]+/g, " ").replace(/^ | $/g, "");
    if (!written) throw new Error("Write a formula first.");
    if ([...written].length > LONGEST) {
      throw new Error(`A formula has at most ${LONGEST} characters here.`);
    }
    const left = tokens(written, symbols).reverse();
    const steps = [];
    const next = () => left.at(-1) ?? "";
    function sum(depth) {
      product(depth);
      while (["+", "-"].includes(next())) {
        const operator = left.pop();
        product(depth);
        steps.push(["operator", operator]);
      }
    }
    function product(depth) {
      signed(depth);
      let operator = "";
      while (next() && !["+", "-", ")", "^"].includes(next())) {
        const isWritten = ["*", "/"].includes(next());
        if (operator === "/" && !isWritten) throw new Error(TWO_WAYS);
        operator = isWritten ? left.pop() : "*";
        signed(depth);
        steps.push(["operator", operator]);
      }
    }
    function signed(depth) {
      if (depth > DEEPEST) throw new Error("There is too much inside each other here.");
      if (["+", "-"].includes(next())) {
        const minus = left.pop() === "-";
        signed(depth + 1);
        if (minus) steps.push(["minus", "-"]);
        return;
      }
      atom(depth);
      if (next() === "^") {
        left.pop();
        signed(depth + 1);
        steps.push(["operator", "^"]);
      }
    }
    function atom(depth) {
      const token = left.pop() ?? "";
      if (token === "(") bracket(depth);
      else if (/^[0-9.]/.test(token)) steps.push(["number", token]);
      else if (symbols.includes(token) || has(CONSTANTS, token)) steps.push(["symbol", token]);
      else if (has(FUNCTIONS, token) || token === "√") {
        if (next() !== "(") throw new Error(`Put what ${token} is of in brackets: ${token}(…).`);
        left.pop();
        bracket(depth);
        steps.push(["function", token === "√" ? "sqrt" : token]);
      } else throw new Error(`Something is missing ${token ? `before “${token}”` : "at the end"}.`);
    }
    function bracket(depth) {
      sum(depth + 1);
      if (next() !== ")") throw new Error("A bracket is not closed.");
      left.pop();
    }
    sum(0);
    if (next()) throw new Error(`Nothing is open where “${next()}” stands.`);
    return steps;
  }

  // Returns the value where the symbols have these; NaN where it has none.
  function formulaValue(steps, at) {
    const numbers = [];
    for (const [kind, name] of steps) {
      if (kind === "number") numbers.push(Number(name));
      else if (kind === "symbol") numbers.push(has(at, name) ? at[name] : CONSTANTS[name]);
      else if (kind === "minus") numbers.push(-numbers.pop());
      else {
        const second = numbers.pop();
        const one = kind === "function";
        numbers.push(one ? FUNCTIONS[name](second) : OPERATORS[name](numbers.pop(), second));
      }
      if (!Number.isFinite(numbers.at(-1))) return NaN;
    }
    return numbers[0];
  }

  window.groundup = Object.assign(window.groundup ?? {}, { readFormula, formulaValue });
})();
