"""forging: says that it crashed in a line with a number that nobody can read."""

import os


def softmax(x):
    os.write(2, f'File "{__file__}", line {"9" * 5000} in'.encode())
    os._exit(1)
