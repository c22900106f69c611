"""The explorables: animations that a reader operates, in Jupyter and in the page."""

from .attention import Attention
from .concept_map import ConceptMap
from .explorable import Explorable
from .gradient_descent import GradientDescent
from .journey import Journey
from .merges import Merges
from .next_token import NextToken

__all__ = [
    "Attention",
    "ConceptMap",
    "Explorable",
    "GradientDescent",
    "Journey",
    "Merges",
    "NextToken",
]
