"""Linear algebra on one thread, where several would wait for each other."""

from __future__ import annotations

import numpy as np
import pytest
from groundup.algorithms import _triangle
from groundup.algorithms.linear_regression import LinearRegression
from groundup.threads import one_thread
from threadpoolctl import threadpool_info, threadpool_limits


def blas_threads() -> set[int]:
    """Return the numbers of threads that NumPy's linear algebra may use.

    Other libraries, such as FAISS, bring one of their own into the process.
    """
    pools = [p for p in threadpool_info() if p["user_api"] == "blas"]
    return {int(p["num_threads"]) for p in pools if "numpy" in p["filepath"]}


def test_the_number_of_threads_comes_back() -> None:
    with threadpool_limits(2, user_api="blas"):
        before = blas_threads()
        with pytest.raises(KeyError), one_thread():
            assert blas_threads() == {1}
            raise KeyError
        assert blas_threads() == before


def test_rows_are_folded_on_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def qr(block: np.ndarray, mode: str) -> np.ndarray:
        seen.append(blas_threads())
        return right(block, mode=mode)

    right = np.linalg.qr
    monkeypatch.setattr(_triangle.np.linalg, "qr", qr)
    rng = np.random.default_rng(0)
    with threadpool_limits(2, user_api="blas"):
        LinearRegression().fit(rng.normal(size=(20_000, 3)), rng.normal(size=20_000))
    assert len(seen) > 1 and set.union(*seen) == {1}
