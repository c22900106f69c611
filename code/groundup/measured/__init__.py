"""Records of experiments that are too long for a page: `read("transformers/gpt")`.

`python -m groundup.measured transformers/gpt` makes them, and keeps each result with
its date, the machine, and a digest of the code behind it. The data are behind it too,
as the code names every file of theirs with a digest of its own.
"""

from .code import fingerprint
from .record import FOLDER, Record, Result, path, read, write

__all__ = ["FOLDER", "Record", "Result", "fingerprint", "path", "read", "write"]
