"""One thread for linear algebra on small blocks.

Threads that share a small product wait for one another, and wait long where another
program keeps a processor busy: one does in 0.1 s what two did in 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from threadpoolctl import ThreadpoolController


@cache
def controller() -> ThreadpoolController:
    """Return what sets the number of threads; to find the libraries takes 40 ms."""
    return ThreadpoolController()


@contextmanager
def one_thread() -> Iterator[None]:
    """Let NumPy's linear algebra use one thread, as long as this lasts."""
    with controller().limit(limits=1, user_api="blas"):
        yield
