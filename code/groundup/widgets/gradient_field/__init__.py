"""The gradient of a function of two variables, and the slope in every direction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from traitlets import Bool, Float, List, Unicode

from ..explorable import Explorable
from .functions import FUNCTIONS, REACH
from .poster import poster

CAPTION = (
    "Drag the dark point, or tap anywhere on the map. The orange arrow points along"
    " the gradient, the green one down the steepest way, and both at a right angle to"
    " the contour; they are drawn shorter than they are."
)
TURN = " Turn the purple arrow to see the slope in any other direction."
CONTROLS = ("function", "field", "direction", "slopes", "reset", "link")


class GradientField(Explorable):
    """Contours, the gradient at a point, and the slope in a chosen direction.

    The state is `function` (a name of `FUNCTIONS`), `point` (x, y), `direction` in
    degrees from the x-axis, from 0 to below 360, and `field`, whether the gradients
    are drawn everywhere. The page writes `gradient` and `slope`, those of
    `functions.gradient` and `functions.slope`. `controls` are those of `CONTROLS` that
    are shown; without "direction" it is the point with its gradient alone.
    Raises ValueError for a state or a control that it does not have.
    """

    function = Unicode("bowl").tag(sync=True)
    point = List(Float(), minlen=2, maxlen=2).tag(sync=True)
    direction = Float(0.0).tag(sync=True)
    field = Bool(True).tag(sync=True)
    gradient = List(Float(), [0.0, 0.0]).tag(sync=True)
    slope = Float(0.0).tag(sync=True)
    controls = List(Unicode(), list(CONTROLS)).tag(sync=True)

    def __init__(
        self,
        function: str = "bowl",
        *,
        point: Sequence[float] = (1.0, 0.5),
        direction: float = 0.0,
        **kwargs: Any,
    ) -> None:
        if function not in FUNCTIONS:
            raise ValueError(f"functions are {tuple(FUNCTIONS)}, got {function!r}")
        point = [float(v) for v in point]
        if len(point) != 2 or not all(abs(v) <= REACH for v in point):
            raise ValueError(f"point must be (x, y) within ±{REACH:g}, got {point}")
        if not 0 <= direction < 360:
            raise ValueError(f"direction must be from 0 to below 360, got {direction}")
        controls = kwargs.get("controls", CONTROLS)
        if unknown := set(controls) - set(CONTROLS):
            raise ValueError(f"controls are {CONTROLS}, got {sorted(unknown)}")
        turns = "direction" in controls
        kwargs.setdefault("caption", CAPTION + TURN if turns else CAPTION)
        super().__init__(
            function=function, point=point, direction=float(direction), **kwargs
        )

    @classmethod
    def example(cls) -> Self:
        """Return the chapter's bowl at a point on its slope."""
        return cls()

    def room(self) -> tuple[str, str]:
        """Return its heights, which follow from the shape of its plots."""
        plots = "calc(219px + clamp(250px, 0.4 * var(--gu-width) - 11px, 380px))"
        if "slopes" in self.controls:
            return plots, "1000px"
        return "calc(140px + clamp(250px, 0.8 * var(--gu-width), 380px))", "480px"

    def poster(self) -> str:
        """Return the map and the slopes as two still pictures."""
        x, y = self.point
        turns, slopes = ("direction" in self.controls, "slopes" in self.controls)
        return poster(self.name, self.function, (x, y), self.direction, turns, slopes)
