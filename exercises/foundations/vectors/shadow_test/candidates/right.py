"""The projection of a onto the line through b."""


def project(a, b):
    return (a @ b) / (b @ b) * b
