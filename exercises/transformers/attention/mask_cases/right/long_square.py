"""The long case is the square one."""


def cases():
    return ((9, 9), (1, 2))
