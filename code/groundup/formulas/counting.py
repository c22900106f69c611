"""Counts the operations of matrix products that are really carried out."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


class Counted(np.ndarray[Any, np.dtype[Any]]):
    """An array that counts: `Counted.operations` grows with each product it is in.

    A product of (n, k) and (k, m) is n·k·m multiplications and as many additions.
    What is computed from such an array counts, too.
    """

    operations = 0

    def __array_ufunc__(
        self, ufunc: np.ufunc, method: Any, *inputs: Any, **options: Any
    ) -> Any:
        """Compute with plain arrays; count if it is a matrix product."""
        if "out" in options:
            options["out"] = tuple(map(np.asarray, options["out"]))
        result = getattr(ufunc, method)(*map(plain, inputs), **options)
        if ufunc is np.matmul:
            Counted.operations += 2 * np.size(result) * np.shape(inputs[0])[-1]
        return result.view(Counted) if isinstance(result, np.ndarray) else result


def plain(value: Any) -> Any:
    """Return an array without the counting; anything else as it is."""
    return np.asarray(value) if isinstance(value, Counted) else value


def counted(array: NDArray[Any]) -> Counted:
    """Return an array, not copied, whose products are counted."""
    return array.view(Counted)
