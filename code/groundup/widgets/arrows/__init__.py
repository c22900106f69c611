"""Two arrows: the shadow, what is left, the angle, the dot product as an area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, Self

from traitlets import Dict, Float, List, Unicode

from ..explorable import Explorable
from .poster import poster

REACH = 5.0  # entries go from -5 to 5, and so does the plane
SHOWN = ("shadow", "area", "frame", "angle", "stick")
CONTROLS = ("drag", "try", "show", "reset", "link")
CAPTION = (
    "Drag the tip of either arrow. The thick green line is the shadow that <em>a</em>"
    " casts on the line of <em>b</em>, the red one what is left of <em>a</em>. The"
    " shaded area is as long as the shadow and as wide as <em>b</em>: it is the dot"
    " product, negative on the side against <em>b</em>."
)


class Arrows(Explorable):
    """Two arrows from the origin of the plane, and what their dot product says.

    The state is `a` and `b`, with entries from -5 to 5, `t`, a multiple of b, and
    `show`, names of `SHOWN`: the shadow of a on b with what is left of a; the dot
    product as an area; the frame ‖a‖ × ‖b‖, the largest such area; the angle; the stick
    from a to t · b. `state` gives some or all of these by name, `controls` are those of
    `CONTROLS` that the reader gets: without "drag" the arrows stay where they are.

    The page writes `values`: `dot`, `normA`, `normB`, `coefficient`, `shadow`,
    `residual`, `angle` (radians) and `cosine`, null where a zero vector leaves them
    undefined. Raises ValueError for other names, and for vectors that are not two
    numbers from -5 to 5.
    """

    a = List(Float(), [3.0, 4.0], minlen=2, maxlen=2).tag(sync=True)
    b = List(Float(), [4.0, 0.0], minlen=2, maxlen=2).tag(sync=True)
    t = Float(0.0).tag(sync=True)
    show = List(Unicode(), ["shadow", "area", "angle"]).tag(sync=True)
    home = Dict().tag(sync=True)  # what the page's reset goes back to
    controls = List(Unicode(), list(CONTROLS)).tag(sync=True)
    values = Dict().tag(sync=True)

    def __init__(
        self,
        state: Mapping[str, Any] | None = None,
        *,
        controls: Sequence[str] = CONTROLS,
        **kwargs: Any,
    ) -> None:
        chosen = checked(dict(state or {}))
        if unknown := sorted(set(controls) - set(CONTROLS)):
            raise ValueError(f"controls are {CONTROLS}, got {unknown}")
        kwargs.setdefault("caption", CAPTION)
        super().__init__(controls=list(controls), **chosen, **kwargs)
        self.home = {name: getattr(self, name) for name in ("a", "b", "t", "show")}

    @classmethod
    def example(cls) -> Self:
        """Return the one with every control, at the running example."""
        return cls()

    @classmethod
    def nearest(cls) -> Self:
        """Return the small one, in which a point on the line of b looks for a."""
        state = {"show": ["stick"], "t": 0.25}
        return cls(state, controls=["reset"], name="nearest", caption="")

    def room(self) -> tuple[str, str]:
        """Return its heights as measured on a wide page and on a phone."""
        if "drag" not in self.controls:
            return "590px", "558px"
        return "634px", "776px"

    def poster(self) -> str:
        """Return the plane as it stands, with its numbers below it."""
        return poster(self.name, self.a, self.b, self.t, self.show)


def checked(state: dict[str, Any]) -> dict[str, Any]:
    """Return a state with plain lists.

    Raises ValueError for names that no state has, and for values out of range.
    """
    if unknown := sorted(set(state) - {"a", "b", "t", "show"}):
        raise ValueError(f"a state has a, b, t and show, got {unknown}")
    for name in {"a", "b"} & set(state):
        vector = [float(entry) for entry in state[name]]
        if len(vector) != 2 or not all(abs(entry) <= REACH for entry in vector):
            raise ValueError(f"{name} has two entries from -5 to 5, got {vector}")
        state[name] = vector
    if not isfinite(state.get("t", 0)):
        raise ValueError(f"t is a number, got {state['t']}")
    if unknown := sorted(set(state.get("show", ())) - set(SHOWN)):
        raise ValueError(f"what is shown is of {SHOWN}, got {unknown}")
    return {**state, "show": list(state["show"])} if "show" in state else state
