"""Ground Up: machine learning and generative AI from first principles."""

import sys

from .extras import LastResort

__version__ = "0.1.0"

sys.meta_path.append(LastResort)
