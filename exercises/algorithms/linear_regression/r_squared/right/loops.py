"""Sums in plain Python."""


def r_squared(y, y_pred):
    n = len(y)
    if all(value == y[0] for value in y):
        return 1.0 if all(a == b for a, b in zip(y, y_pred)) else 0.0
    mean = sum(y) / n
    missed = sum((a - b) ** 2 for a, b in zip(y, y_pred))
    spread = sum((a - mean) ** 2 for a in y)
    return 1 - missed / spread
