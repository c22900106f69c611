"""forbidden: imports a forbidden library through importlib."""

import importlib


def softmax(x):
    torch = importlib.import_module("to" + "rch")
    return torch.softmax(torch.as_tensor(x), -1).numpy()
