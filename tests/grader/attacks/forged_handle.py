"""forging: claims objects that nobody has made."""

import json
import os

FORGED = ([], [float("inf"), "x"], [-1, []], {"a": 1}, [10**400, "softmax"], None)


def softmax(x):
    for handle in FORGED:
        line = json.dumps({"kind": "value", "value": {"handle": handle}}).encode()
        for number in range(3, 64):
            try:
                os.write(number, line + b"\n")
            except OSError:
                pass
    return x * 0
