"""crashes: raises what cannot be told."""


class _Unnamed(BaseException):
    def __str__(self):
        return "x" * 10**8


class Endless(Exception):
    def __str__(self):
        return "\x1b[2J\u202e" * 10**6


class Lines(SyntaxError):
    lineno = [object()]


def softmax(x):
    raise (_Unnamed, Endless, Lines)[x.size % 3]
