"""files: changes modes, owners, times and attributes of files it cannot open."""

import os


def softmax(x):
    for path in ("@CANARY@", "@EXERCISE@/solution.py"):
        for change in (
            lambda: os.utime(path, (0, 0)),
            lambda: os.setxattr(path, "user.seen", b"1"),
            lambda: os.truncate(path, 0),
            lambda: os.chown(path, 65534, 65534),
            lambda: os.chmod(path, 0o777),
        ):
            try:
                change()
            except OSError:
                pass
    return x * 0
