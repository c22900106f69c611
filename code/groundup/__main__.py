"""The command `groundup`, and `python -m groundup`."""

from __future__ import annotations

from .extras import MissingPackage, end


def main() -> None:
    """Run the command; says in a sentence if what it needs is not installed."""
    try:
        from .ask import cli as ask
        from .grader import cli
        from .machine import cli as machine

        machine.register(cli.app)
        ask.register(cli.app)
        cli.main()
    except MissingPackage as error:
        raise end(error) from None


if __name__ == "__main__":
    main()
