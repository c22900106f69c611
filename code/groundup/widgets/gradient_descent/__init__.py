"""Gradient descent on the mean squared error of a line, operated by the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike
from traitlets import Bool, Dict, Float, Int, List, Unicode, observe

from ..explorable import Explorable
from .data import Dataset, dataset
from .own import Gradient, run
from .poster import poster

CAPTION = (
    "One line, two pictures. Every point on the right is a line on the left: drag the"
    " line or the ball, then let gradient descent take steps. Past the red mark on the"
    " slider, the steps lead ever further away."
)
CONTROLS = ("data", "show", "play", "step", "reset", "link", "rate", "trail")


class GradientDescent(Explorable):
    """The line on the data beside the ball on its loss, in one state.

    The state is `x`, `y`, `start` (intercept, slope), `learning_rate` and `step`; the
    path is that of `groundup.algorithms.linear_regression.gradient_descent`. The page
    writes `w`, where the ball is, at every move, and `path` whenever it rests.

    x, y: (n,), n ≥ 2. `units` is "raw", "centered" or "standardized" (the feature
    only). `datasets` lists more of them, each a mapping with the same names and `name`.
    With `only_line` the line is shown without the map, and the best one if asked for.
    `controls` are those of `CONTROLS` that are shown; without "rate" it is small and
    says in plain words what is seen. Where there are `starts`, it goes by itself once
    it is seen, and a run that ends is followed by one from the next of them.

    In a notebook the reader's `gradient(X, y, w)`, X (n, 2) with its column of ones and
    w (2,), can take the steps: what it does wrong is seen, and what it raises is said.
    Raises ValueError for data without a unique best line, for NaN and infinities, and
    for unknown controls.
    """

    x = List(Float()).tag(sync=True)
    y = List(Float()).tag(sync=True)
    x_label = Unicode("x").tag(sync=True)
    y_label = Unicode("y").tag(sync=True)
    start = List(Float(), minlen=2, maxlen=2).tag(sync=True)
    learning_rate = Float().tag(sync=True)
    step = Int(0).tag(sync=True)
    max_steps = Int(500).tag(sync=True)
    playing = Bool(False).tag(sync=True)
    w = List(Float(), minlen=2, maxlen=2).tag(sync=True)
    path = List(List(Float())).tag(sync=True)
    datasets = List(Dict()).tag(sync=True)
    dataset = Int(0).tag(sync=True)
    only_line = Bool(False).tag(sync=True)
    controls = List(Unicode(), list(CONTROLS)).tag(sync=True)
    starts = List(List(Float(), minlen=2, maxlen=2)).tag(sync=True)
    own = Dict().tag(sync=True)  # the run of the reader's gradient, if there is one

    def __init__(
        self,
        x: ArrayLike | None = None,
        y: ArrayLike | None = None,
        *,
        learning_rate: float | None = None,
        start: Sequence[float] | None = None,
        x_label: str = "x",
        y_label: str = "y",
        units: str = "raw",
        datasets: Sequence[Mapping[str, Any]] = (),
        gradient: Gradient | None = None,
        **kwargs: Any,
    ) -> None:
        choices: list[Dataset] = [dataset(**entry) for entry in datasets]
        if x is not None and y is not None:
            own = dataset(
                x, y, "these data", x_label, y_label, units, learning_rate, start
            )
            choices.insert(0, own)
        if not choices:
            raise ValueError("expected x and y, or datasets with at least one entry")
        if unknown := set(kwargs.get("controls", ())) - set(CONTROLS):
            raise ValueError(f"controls are {CONTROLS}, got {sorted(unknown)}")
        kwargs.setdefault("caption", CAPTION)
        first = {k: v for k, v in choices[0].items() if k != "name"}
        chosen = {"w": first["start"], "path": [first["start"]]}
        super().__init__(datasets=choices, **first, **chosen, **kwargs)
        self._gradient = gradient
        if gradient is not None:
            self._descend()

    @observe("x", "y", "start", "learning_rate", "max_steps")
    def _descend(self, change: object = None) -> None:
        """Let the reader's gradient make the run anew."""
        # Not there yet while the traits are set for the first time.
        gradient = getattr(self, "_gradient", None)
        if gradient is None or len(self.x) != len(self.y):
            return
        steps, rate = self.max_steps, self.learning_rate
        x, y = np.array(self.x), np.array(self.y)
        found = run(gradient, x, y, self.start, rate, steps)
        self.own = dict(found.items())

    @classmethod
    def example(cls) -> Self:
        """Return one with as many points as there are penguins."""
        rng = np.random.default_rng(1)
        x = rng.normal(size=342)
        return cls(x, 2 * x + rng.normal(size=342))

    @classmethod
    def going_by_itself(cls) -> Self:
        """Return the small one, which walks down a valley again and again."""
        first = [4.0, 0.0]
        return cls(
            [1, 2, 3, 4],
            [2, 3, 5, 6],
            start=first,
            starts=[[-3.0, 2.3], [3.2, 0.9], [-2.2, 2.6], first],
            learning_rate=0.1,
            controls=["play", "reset"],
            name="descent",
            caption="",
        )

    def room(self) -> tuple[str, str]:
        """Return its heights, which follow from the shape of its plots."""
        if self.only_line:
            return "clamp(410px, 110px + 0.72 * var(--gu-width), 500px)", "410px"
        if "rate" not in self.controls:
            return "301px", "552px"
        return "calc(411px + 0.4 * var(--gu-width))", "1110px"

    def poster(self) -> str:
        """Return the run from the start as two still pictures, or the line it is at."""
        return poster(
            self.name,
            np.array(self.x),
            np.array(self.y),
            np.array(self.start),
            self.learning_rate,
            (self.x_label, self.y_label),
            self.only_line,
            small="rate" not in self.controls,
        )
