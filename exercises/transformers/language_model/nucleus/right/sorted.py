"""Tokens in a sorted list, until p is reached."""


def top_p(probabilities, p):
    order = sorted(range(len(probabilities)), key=lambda i: -probabilities[i])
    out, total = [0.0] * len(order), 0.0
    for i in order:
        if total >= p and total > 0 and p < 1:
            break
        out[i] = probabilities[i]
        total += probabilities[i]
    return [share / sum(out) for share in out]
