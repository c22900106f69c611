"""Which tests run one after the other on the same processor, where there are several.

Those of a file do, as they share what was prepared for them. Where a file has much to
do for every page or exercise, it is divided, so that no processor is left with it.
"""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

from tests.exercises.graded import EXERCISES, share_of

VISITS = "tests/browser/test_every_page.py"


class Scopes(LoadScopeScheduling):
    """Gives a processor the tests of one scope after those of another."""

    def _split_scope(self, nodeid: str) -> str:  # the way to say what a scope is
        return scope(nodeid)


def scope(nodeid: str) -> str:
    """Return what a test shares with others: a share of the exercises, a page, a file.

    A test of an exercise begins its parameters with the exercise's id.
    """
    path, _, test = nodeid.partition("::")
    words = test.partition("[")[2].rstrip("]")
    id_ = words.partition("-")[0]
    if path.startswith("tests/exercises/") and id_ in EXERCISES:
        return f"exercises, share {share_of(id_)}"
    if path == VISITS and ".html" in words:
        return f"{path} {words.rpartition('.html')[0]}"
    return path
