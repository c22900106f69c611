"""One step of gradient descent on four points."""


def one_step() -> tuple[float | str, float | str]:
    """Return the intercept and the slope after the step.

    Texts such as "1/8" are read as numbers.
    """
    raise NotImplementedError
