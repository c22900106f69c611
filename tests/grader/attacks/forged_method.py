"""forging: answers a call with a method, and with lines before the first."""

import os

ANSWERS = b"""{"kind": "method"}
{"kind": "error", "type": "E", "text": "t", "line": -5}
{"kind": "error", "type": ["E"], "text": {"t": 1}, "line": true}
{"kind": "value", "value": {"handle": [1, ["name"]]}}
"""


def softmax(x):
    for number in range(3, 20):
        try:
            os.write(number, ANSWERS)
        except OSError:
            pass
    return x * 0
