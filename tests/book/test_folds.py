"""What a page folds, what is printed in pieces, code that a narrow screen breaks."""

from __future__ import annotations

import re

import pytest
from groundup.book.folds import fits, in_lines

from .test_builds import SmallBook

CHECK = """
```{code-cell} ipython3
:tags: [check]

secret = 6 * 7
print("seen", secret)
```

```{code-cell} ipython3
print("one ", end="", flush=True)
print("line\\n", flush=True)
print("  after a blank one\\n", flush=True)
```

```{literalinclude} ../../code/groundup/algorithms/linear_regression.py
:pyobject: gradient_descent
```

```{literalinclude} ../../code/groundup/algorithms/linear_regression.py
:pyobject: add_intercept
```
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page with a cell that checks and two listings, one of them long."""
    book = SmallBook(tmp_path_factory.mktemp("book"))
    module = book.root / "code/groundup/algorithms/linear_regression.py"
    short = "def add_intercept(X):\n    return X\n\n\n"
    text = module.read_text()
    start = text.index("def add_intercept")
    end = text.index("\ndef ", start) + 1
    module.write_text(text[:start] + short + text[end:])
    path = book.path("one")
    path.write_text(path.read_text().replace("add_intercept(np.ones((1, 1)))", "1"))
    path.write_text(path.read_text().replace("linear_regression.1", "1") + CHECK)
    done = book.build()
    assert done.returncode == 0, done.stdout + done.stderr
    return (book.root / "_build/html/chapters/algorithms/one.html").read_text()


def test_a_check_is_folded_below_what_it_shows(page: str) -> None:
    shown, folded = page.index("seen 42"), page.index("secret")
    between = page[shown:folded]
    assert "How this was checked" in between
    assert between.count("<details") == 1


def test_what_a_kernel_sends_in_pieces_stands_as_it_was_printed(page: str) -> None:
    last = page[page.rindex("cell_output") :]
    printed = re.sub("<[^>]*>", "", last[last.index("<pre>") : last.index("</pre>")])
    assert printed == "one line\n\n  after a blank one\n"


def test_a_long_listing_is_folded_under_its_name_and_a_short_one_is_not(
    page: str,
) -> None:
    assert set(re.findall(r"s code: (\w+)<", page)) == {"gradient_descent"}
    assert "add_intercept" in re.sub(r"<details.*?</details>", "", page, flags=re.S)


@pytest.mark.parametrize(
    ("source", "open_"),
    [
        ("x" * 64, True),
        ("x" * 65, False),
        ("\n".join("x" * 20), True),
        ("\n".join("x" * 21), False),
    ],
)
def test_a_listing_stays_open_where_it_is_taken_in_at_a_glance(
    source: str, open_: bool
) -> None:
    assert fits(source) is open_


def test_each_line_of_code_knows_its_indentation() -> None:
    html = (
        '<div class="highlight"><pre><span></span>f(\n    <b>x</b>\n\n)\n</pre></div>'
    )
    assert in_lines(html) == (
        '<div class="highlight"><pre><span class="l"><span></span>f(\n</span>'
        '<span class="l" style="--in:4">    <b>x</b>\n</span><span class="l">\n</span>'
        '<span class="l">)\n</span></pre></div>'
    )


def test_names_and_brackets_have_no_color_and_so_no_element() -> None:
    code = '<span class="n">x</span><span class="p">(</span><span class="mi">1</span>'
    page = in_lines(f'<div class="highlight"><pre>{code}</pre></div>')
    assert 'x(<span class="mi">1</span>' in page
