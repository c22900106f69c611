"""The core algorithms, from scratch in NumPy."""
