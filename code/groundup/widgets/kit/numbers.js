// Numbers: as words, rounded, within bounds.

const raised = (power) => [...String(power)].map((d) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[d]).join("");
function number(value, digits = 3) {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : value < 0 ? "−∞" : "not a number";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) {
    const [mantissa, power] = value.toExponential(digits - 1).split("e");
    const sign = power < 0 ? "⁻" : "";
    return `${+mantissa}·10${sign}${raised(Math.abs(power))}`.replace("-", "−");
  }
  const places = size === 0 ? 0 : Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  const text = value.toLocaleString("en-US", {
    minimumFractionDigits: Math.min(places, 6),
    maximumFractionDigits: Math.min(places, 6),
  });
  return text.replace("-", "−");
}
const round = (value, digits) => Number(value.toPrecision(digits));
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
