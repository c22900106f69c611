"""Loops and lists."""


def restored(shuffled, order):
    rows = [None] * len(order)
    for i, place in enumerate(order):
        rows[place] = shuffled[i].tolist()
    return rows


def shuffled_mask(mask, order):
    return [[bool(mask[a, b]) for b in order] for a in order]


def is_equivariant(out, shuffled_out, order):
    largest = max(abs(entry) for row in out for entry in row)
    for i, place in enumerate(order):
        for got, want in zip(shuffled_out[i], out[place]):
            if not abs(got - want) <= 1e-9 * largest:
                return False
    return True
