"""Sample by sample, in lists."""


def gradient(X, y, w):
    n, d = len(X), len(w)
    slopes = [0.0] * d
    for row, target in zip(X, y):
        residual = sum(row[j] * w[j] for j in range(d)) - target
        for j in range(d):
            slopes[j] += 2 * residual * row[j] / n
    return slopes
