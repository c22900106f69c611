"""The mathematics that the book stands on, from scratch in NumPy."""
