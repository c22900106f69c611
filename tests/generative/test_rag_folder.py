"""One's own folder as entries, whatever lies in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from groundup.generative.rag import folder as module
from groundup.generative.rag.folder import read_folder, shortened

NOTES = """# Trip

Oslo was cold.
We saw a ship.

## Food
- Fish soup, 12 euros
- Waffles
```python
# no heading
price = 3
```
| dish | price |
| soup | 12 |

# Home
Rain.
"""


def written(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Return a folder with these files."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def test_paragraphs_have_headings_and_a_source(tmp_path: Path) -> None:
    found = read_folder(written(tmp_path, {"a/trip.md": NOTES}))
    assert [(e.header, e.text, e.source) for e in found.entries] == [
        ("Trip", "Oslo was cold. We saw a ship.", "a/trip.md:3"),
        ("Trip - Food", "- Fish soup, 12 euros", "a/trip.md:7"),
        ("Trip - Food", "- Waffles", "a/trip.md:8"),
        ("Trip - Food", "# no heading price = 3", "a/trip.md:10"),
        ("Trip - Food", "| dish | price |", "a/trip.md:13"),
        ("Trip - Food", "| soup | 12 |", "a/trip.md:14"),
        ("Home", "Rain.", "a/trip.md:17"),
    ]
    assert found.remarks == []


def test_a_sign_of_markdown_is_none_in_plain_text(tmp_path: Path) -> None:
    (entry,) = read_folder(written(tmp_path, {"a.TXT": "# one\ntwo"})).entries
    assert (entry.header, entry.text, entry.source) == ("", "# one two", "a.TXT:1")


def test_long_paragraphs_are_cut_after_sentences(tmp_path: Path) -> None:
    lines = [f"Sentence {n} has some words.\n" for n in range(30)]  # 5 words each
    text = "".join(lines) + "\n" + "word " * 170
    entries = read_folder(written(tmp_path, {"a.txt": text})).entries
    assert [len(e.text.split()) for e in entries] == [80, 70, 80, 80, 10]
    assert [e.source for e in entries] == [
        *("a.txt:1", "a.txt:17", "a.txt:32", "a.txt:32", "a.txt:32")
    ]
    assert entries[0].text.endswith("Sentence 15 has some words.")


@pytest.mark.parametrize(
    ("encoding", "remark"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("utf-32", ""),
        ("cp1252", "a.txt is no UTF-8: it was read as Windows-1252"),
    ],
)
def test_odd_encodings_are_read(tmp_path: Path, encoding: str, remark: str) -> None:
    data = "Café – naïve\r\nzwei\rdrei".encode(encoding)
    found = read_folder(written(tmp_path, {"a.txt": data}))
    assert [e.text for e in found.entries] == ["Café – naïve zwei drei"]
    assert found.remarks == ([remark] if remark else [])


def test_big_endian_marks_are_known_too(tmp_path: Path) -> None:
    data = {f"{n}.txt": "\ufeffCafé".encode(f"utf-{n}-be") for n in (16, 32)}
    assert [e.text for e in read_folder(written(tmp_path, data)).entries] == [
        *("Café", "Café")
    ]


def test_binary_and_huge_files_are_named_and_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGEST", 2_000_000)
    files: dict[str, str | bytes] = {
        "binary.txt": b"\x89PNG\r\n\x1a\n\x00\x00",
        "noise.md": bytes(range(1, 32)) * 50 + bytes(range(128, 256)),
        "huge.txt": b"a " * 1_500_000,
        "good.txt": "Here is text.",
        ".git/hidden.txt": "hidden",
        "image.png": b"\x00",
        "empty.md": "",
    }
    found = read_folder(written(tmp_path, files))
    assert [e.source for e in found.entries] == ["good.txt:1"]
    assert found.remarks == [
        "binary.txt was not read: it is binary, no text",
        "huge.txt was not read: it has 3 MB, and at most 2 are read",
        "noise.md was not read: it is binary, no text",
    ]


def test_what_cannot_be_opened_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    written(tmp_path, {"a.txt": "text"})
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ValueError, match="a.txt was not read: Permission denied"):
        read_folder(tmp_path)


def test_pipes_and_links_in_circles_are_passed_over(tmp_path: Path) -> None:
    written(tmp_path, {"a/b.txt": "text"})
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a/circle").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    assert [e.source for e in read_folder(tmp_path).entries] == ["a/b.txt:1"]


def test_folders_without_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no file that ends in .txt or .md"):
        read_folder(tmp_path)
    with pytest.raises(ValueError, match="expected a folder, found nothing there"):
        read_folder(tmp_path / "no")
    written(tmp_path, {"a.txt": " \n ... \n", "b.txt": b"\0"})
    with pytest.raises(ValueError, match="no text to search .* binary"):
        read_folder(tmp_path)
    with pytest.raises(ValueError, match="expected a folder, found a file"):
        read_folder(tmp_path / "a.txt")


def test_too_many_files_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_FILES", 2)
    written(tmp_path, {f"{n}.txt": "text" for n in range(3)})
    with pytest.raises(ValueError, match="more than 2 files"):
        read_folder(tmp_path)


def test_names_and_texts_give_no_orders_to_a_terminal(tmp_path: Path) -> None:
    text = "# b\x1b]0;c\x07\n\x1b[2Jd" + " and more" * 9
    found = read_folder(written(tmp_path, {"a\x1b[31m.md": text}))
    assert [(e.header, e.text, e.source) for e in found.entries] == [
        ("b ]0;c", "[2Jd" + " and more" * 9, "a [31m.md:2")
    ]


def test_many_remarks_are_shortened() -> None:
    assert shortened("abc") == ["a", "b", "c"]
    assert shortened("abcdefg", 5) == [*"abcde", "and 2 more files like these"]
