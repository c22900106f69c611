"""bombs: starts a program."""

import subprocess


def softmax(x):
    subprocess.run(["sh", "-c", "echo changed > '@CANARY@'"])
    return x * 0
