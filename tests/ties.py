"""What the tests of formulas share: a tie without a page, and errors to plant."""

from __future__ import annotations

import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar

from groundup.formulas import verify


@dataclass
class Tie:
    """A formula, its function, and how the two are brought together.

    A subclass says the `topic`, with which the ids of its formulas begin, and at how
    many `points` they are compared.
    """

    topic: ClassVar[str]
    points: ClassVar[int] = 40

    id: str
    expression: Any
    function: Callable[..., Any]
    given: dict[Any, Any]
    options: dict[str, Any] = field(default_factory=dict)

    def check(
        self, expression: Any = None, function: Callable[..., Any] | None = None
    ) -> None:
        """Verify, with one side replaced where a replacement is given."""
        verify(
            f"{self.topic}.{self.id}",
            self.expression if expression is None else expression,
            function or self.function,
            self.given,
            points=self.points,
            **self.options,
        )


@contextmanager
def planted(function: Callable[..., Any], right: str, wrong: str) -> Iterator[None]:
    """Replace one piece of a function's source, wherever the function is known."""
    source = textwrap.dedent(inspect.getsource(function))
    assert right in source, f"{function.__name__} no longer contains {right!r}"
    scope = dict(vars(sys.modules[function.__module__]))
    exec(source.replace(right, wrong), scope)
    code = function.__code__
    function.__code__ = scope[function.__name__].__code__
    try:
        yield
    finally:
        function.__code__ = code
