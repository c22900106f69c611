"""The parts of the book in reading order: the one place where they are listed."""

from __future__ import annotations

PARTS = {
    "foundations": "Foundations",
    "algorithms": "Algorithms",
    "optimization": "Optimization",
    "networks": "Neural networks",
    "transformers": "Transformers",
    "generative": "Generative AI",
}
