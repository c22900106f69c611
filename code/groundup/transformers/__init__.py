"""Part 5: from tokens to a language model that runs, with NumPy alone."""
