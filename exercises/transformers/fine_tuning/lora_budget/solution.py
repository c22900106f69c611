"""How many numbers LoRA learns, and which rank a limit allows."""


def lora_budget() -> tuple[float | str, float | str, float | str]:
    """Return the numbers learned, the largest rank, and the smallest too thick.

    Texts such as "1/8" are read as numbers.
    """
    # BEGIN SOLUTION
    blocks, d, kv, hidden = 24, 1024, 256, 4096
    q, k, gate = d + d, d + kv, d + hidden  # at rank 1; o, v and up, down are alike
    learned = blocks * 8 * (q + k)
    every = blocks * (2 * q + 2 * k + 3 * gate)
    largest = 2_000_000 // every
    too_thick = d * kv // (d + kv) + 1
    return learned, largest, too_thick
    # END SOLUTION
