"""Step by step, without arrays."""

import math


def three_weights():
    powers = [math.exp(p / math.sqrt(16)) for p in (0, 4, 8)]
    weights = [power / sum(powers) for power in powers]
    mix = sum(w * v for w, v in zip(weights, (10, 20, 30), strict=True))
    return [*weights, mix]
