"""A secant becomes the tangent, beside what rounding does to it on the way."""

from __future__ import annotations

from typing import Any, Self

from traitlets import Bool, Float, List, Unicode

from ..explorable import Explorable
from .functions import FUNCTIONS, RULES, SMALLEST
from .poster import poster

CAPTION = (
    "Drag the orange point toward the green one, or let h shrink: the orange secant"
    " turns into the green tangent."
)
ERRORS = (
    " On the right, the error falls with h at first, and rises again once rounding does"
    " more than the bend of the curve."
)
CONTROLS = ("function", "rule", "zoom", "play", "reset", "link", "h", "errors")


class Secant(Explorable):
    """The secant of a function through x and x + h, and the error of its slope.

    The state is `function` (a name of `FUNCTIONS`), `rule` ("forward" or "central"),
    `x`, `h` (from 1e-16 to 1) and `zoom`, in which the picture of the curve reaches a
    few h to either side. The page writes `quotients`, the forward and the central
    difference, and `errors`, how far off they are ([] where there is no tangent);
    they are those of `functions.quotients` and `functions.errors`. `controls` are
    those of `CONTROLS` that are shown; without "errors" it is the curve alone, and h
    goes no further down than 1e-5, where rounding does not show.
    Raises ValueError for a state or a control that it does not have.
    """

    function = Unicode("sin").tag(sync=True)
    rule = Unicode("forward").tag(sync=True)
    x = Float(1.0).tag(sync=True)
    h = Float(1.0).tag(sync=True)
    zoom = Bool(False).tag(sync=True)
    playing = Bool(False).tag(sync=True)
    quotients = List(Float()).tag(sync=True)
    errors = List(Float()).tag(sync=True)
    controls = List(Unicode(), list(CONTROLS)).tag(sync=True)

    def __init__(
        self,
        function: str = "sin",
        *,
        rule: str = "forward",
        x: float = 1.0,
        h: float = 1.0,
        **kwargs: Any,
    ) -> None:
        if function not in FUNCTIONS:
            raise ValueError(f"functions are {tuple(FUNCTIONS)}, got {function!r}")
        if rule not in RULES:
            raise ValueError(f"rule must be one of {RULES}, got {rule!r}")
        low, high = FUNCTIONS[function].x
        if not low <= x <= high:
            raise ValueError(f"x must be between {low} and {high}, got {x}")
        if not 10.0**SMALLEST <= h <= 1:
            raise ValueError(f"h must be between 1e{SMALLEST} and 1, got {h}")
        controls = kwargs.get("controls", CONTROLS)
        if unknown := set(controls) - set(CONTROLS):
            raise ValueError(f"controls are {CONTROLS}, got {sorted(unknown)}")
        both = "errors" in controls
        kwargs.setdefault("caption", CAPTION + ERRORS if both else CAPTION)
        super().__init__(function=function, rule=rule, x=x, h=h, **kwargs)

    @classmethod
    def example(cls) -> Self:
        """Return the sine at 1, where both differences have something to lose."""
        return cls()

    def room(self) -> tuple[str, str]:
        """Return its heights, which follow from the shape of its plots."""
        if "errors" in self.controls:
            high = "clamp(220px, 0.375 * var(--gu-width) - 10px, 330px)"
            return f"calc(205px + {high})", "945px"
        return "calc(215px + clamp(220px, 0.75 * var(--gu-width), 330px))", "500px"

    def poster(self) -> str:
        """Return the curve and the errors as two still pictures."""
        with_errors = "errors" in self.controls
        return poster(self.name, self.function, self.rule, self.x, self.h, with_errors)
