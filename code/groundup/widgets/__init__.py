"""The explorables: animations that a reader operates, in Jupyter and in the page."""

from .attention import Attention
from .concept_map import ConceptMap
from .explorable import Explorable
from .gradient_descent import GradientDescent

__all__ = ["Attention", "ConceptMap", "Explorable", "GradientDescent"]
