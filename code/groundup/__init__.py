"""Ground Up: machine learning and generative AI from first principles."""

__version__ = "0.1.0"
