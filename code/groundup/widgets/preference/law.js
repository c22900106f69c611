// kit: numbers
// The law: where preferences lead for a β, and DPO's loss of one pair. A test compares these
// numbers with Python's.

const sumOf = (values) => values.reduce((sum, value) => sum + value, 0);

// The reference, each answer times e^(reward/β), and all of it to sum to one.
function policyAt({ reference, rewards }, beta) {
  const most = Math.max(...rewards);
  const logs = reference.map((p, i) => Math.log(p) + (rewards[i] - most) / beta);
  const top = Math.max(...logs);
  const weights = logs.map((value) => Math.exp(value - top));
  const total = sumOf(weights);
  return weights.map((weight) => weight / total);
}

// Expected reward, KL to the reference in nats, and the number of equally likely answers
// that would be as varied: e to the entropy.
function judged({ reference, rewards }, policy) {
  const drawn = (f) => sumOf(policy.map((p, i) => (p > 0 ? p * f(p, i) : 0)));
  return {
    reward: drawn((_, i) => rewards[i]),
    kl: drawn((p, i) => Math.log(p) - Math.log(reference[i])),
    variety: Math.exp(-drawn((p) => Math.log(p))),
  };
}

// −ln σ(β m) and its slope by the margin m. The larger part of e^(±β m) is taken out first.
function dpo(margin, beta) {
  const scaled = beta * margin;
  const small = Math.exp(-Math.abs(scaled));
  const loss = Math.max(0, -scaled) + Math.log1p(small);
  const doubt = scaled > 0 ? small / (1 + small) : 1 / (1 + small);
  return { scaled, loss, slope: -beta * doubt };
}

// The margin of the chosen over the rejected where β leads.
const marginAt = ({ rewards }, [chosen, rejected], beta) => (rewards[chosen] - rewards[rejected]) / beta;

// A stop of the slider is a twentieth of a power of ten, with two digits to be read.
const [LEAST, MOST, PER_TEN] = [0.05, 20, 20];
const stopped = (stop) => round(10 ** (stop / PER_TEN), 2);
const stopOf = (beta) => Math.round(PER_TEN * Math.log10(beta));
