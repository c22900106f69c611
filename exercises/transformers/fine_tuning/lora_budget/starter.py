"""How many numbers LoRA learns, and which rank a limit allows."""


def lora_budget() -> tuple[float | str, float | str, float | str]:
    """Return the numbers learned, the largest rank, and the smallest too thick.

    Texts such as "1/8" are read as numbers.
    """
    raise NotImplementedError
