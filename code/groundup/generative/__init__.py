"""Part 6: what is built on language models, with NumPy alone."""
