"""pickle: returns an array of objects, which only a pickle could carry."""

import numpy as np


class Payload:
    def __reduce__(self):
        return eval, ("open('@CANARY@', 'w').write('changed')",)


def softmax(x):
    return np.array([Payload()] * len(x), dtype=object)
