"""What is left out of styles and scripts, and what is not."""

from __future__ import annotations

from groundup.book.assets import minified, without_comments


def test_a_script_loses_its_comments_and_indentation_and_no_code() -> None:
    script = '// What it does.\n\n(() => {\n  // why\n  const a = "//x"; // z\n})();\n'
    assert without_comments(script) == '(() => {\nconst a = "//x"; // z\n})();\n'


def test_a_style_loses_its_comments_and_line_ends() -> None:
    assert minified("/* a\n b */\np { color: red; }\n  q { x: y; }\n") == (
        "p { color: red; }q { x: y; }"
    )
