"""A value kept for the prose is found by its name, and shown outside the book."""

from __future__ import annotations

import pytest
from groundup.formulas import glue
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output


@pytest.mark.parametrize(("value", "text"), [(497, "497"), ("0.759", "'0.759'")])
def test_a_value_is_kept_as_mystnb_s_own_glue_keeps_it(
    value: object, text: str
) -> None:
    from myst_nb import glue as theirs

    InteractiveShell.instance()
    with capture_output() as ours:
        glue("grams", value)
    with capture_output() as peer:
        theirs("grams", value, display=False)
    (found,), (expected,) = ours.outputs, peer.outputs
    hidden = {"application/papermill.record/text/plain": text}
    assert expected.data == hidden
    assert found.data == hidden | {"text/plain": f"grams: {value}"}
    assert found.metadata == expected.metadata


def test_an_empty_name_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a name"):
        glue("", 1)
