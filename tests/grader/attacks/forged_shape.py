"""forging: claims an array too large to exist."""

import os


def softmax(x):
    text = b'{"kind": "value", "value": {"array": ["<f8", [99999999999], ""]}}\n'
    for number in range(3, 64):
        try:
            os.write(number, text)
        except OSError:
            pass
    return x * 0
