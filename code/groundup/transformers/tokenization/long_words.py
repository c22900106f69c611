"""Byte-pair encoding of a long word, in time that hardly grows faster than its length.

The plain loop looks at all pairs before each merge: for a word of 16,000 bytes that is
a hundred million looks. Here the pairs wait in a heap, the lowest rank first.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping


def join_long(word: bytes, ranks: Mapping[tuple[bytes, bytes], int]) -> list[bytes]:
    """Return a word's tokens, the same as `Tokenizer.bpe` finds.

    Joins what makes up a token only after its parts, so a new pair never comes before
    the one that was just joined; of equals, the leftmost is joined first.
    """
    n = len(word)
    symbols: list[bytes | None] = [word[i : i + 1] for i in range(n)]
    after, before = [*range(1, n), n], [*range(-1, n - 1)]
    waiting: list[tuple[int, int, bytes, bytes]] = []

    def wait(left: int) -> None:
        """Put the pair that begins at a place into the heap, if it can be joined."""
        if left < 0 or after[left] >= n:
            return
        one, other = symbols[left], symbols[after[left]]
        if one and other and (rank := ranks.get((one, other))) is not None:
            heapq.heappush(waiting, (rank, left, one, other))

    for place in range(n - 1):
        wait(place)
    while waiting:
        _, left, one, other = heapq.heappop(waiting)
        right = after[left]
        if right >= n or (symbols[left], symbols[right]) != (one, other):
            continue  # one of the two was joined to another in the meantime
        symbols[left], symbols[right] = one + other, None
        after[left] = after[right]
        if after[left] < n:
            before[after[left]] = left
        wait(before[left])
        wait(left)
    return [symbol for symbol in symbols if symbol]
