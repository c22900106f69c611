// Numbers as people write them: 1/8, 0.125, 12.5 %, −3, 1e-3, 12 500. The rules are those of
// groundup/grader/numbers.py; tests/book/numbers.json holds what both read and refuse.
(() => {
  const ALIKE = { "−": "-", "–": "-", "⁄": "/", "∕": "/", "×": "·", "⋅": "·", "*": "·" };
  const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const lowered = (c) => ({ "⁻": "-", "⁺": "+" })[c] ?? RAISED.indexOf(c);

  const PLAIN = /^([0-9]+\.?[0-9]*|\.[0-9]+)$/;
  const IN_GROUPS = /^[0-9]{1,3}( [0-9]{3})+([.,][0-9]+)?$/;
  const ONE_COMMA = /^[0-9]*,[0-9]+$/;
  const TWO_WAYS = /^[1-9][0-9]{0,2},[0-9]{3}$/;
  const COMMAS = /^([0-9]{1,3}(,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(,[0-9]{3}){2,})$/;
  const DOTS = /^[0-9]{1,3}(\.[0-9]{3})+,[0-9]+$/;
  const PARTS =
    /^([+-]?) ?(?:([0-9., ]+?)(?:[eE]([+-]?[0-9]+)| ?· ?10\^([+-]?[0-9]+))?|10\^([+-]?[0-9]+))$/;

  const refusal = (written) =>
    new Error(
      `“${written}” is not a number that can be read here: ` +
        "write it like 0.125, 1/8, 12.5 % or 2e-3.",
    );

  // Returns the number; throws an Error with a sentence to the writer.
  function readNumber(text, unit = "") {
    const written = text.replace(/[ \t\n\r\u00a0\u2007\u2009\u200a\u202f]+/g, " ").replace(/^ | $/g, "");
    if (!written) throw new Error("Write a number first.");
    let number = written
      .replace(/[−–⁄∕×⋅*]/g, (c) => ALIKE[c])
      .replace(/[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (power) => "^" + [...power].map(lowered).join(""));
    const cut = (length) => (number = number.slice(0, -length).replace(/ $/, ""));
    if (unit && number.endsWith(unit)) cut(unit.length);
    const percent = number.endsWith("%");
    if (percent) cut(1);
    const value = divided(number, written) / (percent ? 100 : 1);
    if (!Number.isFinite(value)) throw new Error("That number is too large.");
    return value;
  }
  function divided(number, written) {
    const slash = number.indexOf("/");
    if (slash < 0) return decimal(number, written);
    const below = number.slice(slash + 1).replace(/^ /, "");
    if (/^[+-]/.test(below)) throw refusal(written);
    const top = decimal(number.slice(0, slash).replace(/ $/, ""), written);
    const bottom = decimal(below, written);
    if (bottom === 0) throw new Error("Nothing can be divided by 0.");
    return top / bottom;
  }
  function decimal(number, written) {
    const found = PARTS.exec(number);
    if (!found) throw refusal(written);
    const [, sign, digits, ...powers] = found;
    return Number(`${sign}${withPoint(digits ?? "1", written)}e${powers.find(Boolean) ?? 0}`);
  }
  // A comma that can be either, between thousands or before decimals, is asked about.
  function withPoint(digits, written) {
    if (PLAIN.test(digits)) return digits;
    if (IN_GROUPS.test(digits)) return digits.replaceAll(" ", "").replace(",", ".");
    if (TWO_WAYS.test(digits)) {
      const [whole, point] = [digits.replace(",", ""), digits.replace(",", ".")];
      throw new Error(`“${written}” can be read in two ways: write ${whole} or ${point}.`);
    }
    if (ONE_COMMA.test(digits)) return digits.replace(",", ".");
    if (COMMAS.test(digits)) return digits.replaceAll(",", "");
    if (DOTS.test(digits)) return digits.replaceAll(".", "").replace(",", ".");
    throw refusal(written);
  }

  const within = (value, truth, width) =>
    Math.abs(value - truth) <= width + 1e-9 * Math.max(Math.abs(truth), Math.abs(width));

  window.groundup = Object.assign(window.groundup ?? {}, { readNumber, within });
})();
