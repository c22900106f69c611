"""Exercises on disk, the verdict on a submission, and the proofs about both."""
