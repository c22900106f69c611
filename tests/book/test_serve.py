"""The server of the built book."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from groundup.book import one_chapter, serve

ROOT = Path(__file__).resolve().parents[2]
PAGE = "<!doctype html><title>Book</title>" + "text " * 500


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[HTTPConnection]:
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static/a.woff2").write_bytes(b"font")
    (tmp_path / "b.ipynb").write_text("{}")
    server = serve.make_server(tmp_path)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield HTTPConnection("127.0.0.1", server.server_port)
    server.shutdown()
    server.server_close()
    thread.join()


def get(connection: HTTPConnection, path: str, encoding: str = "gzip") -> HTTPResponse:
    connection.request("GET", path, headers={"Accept-Encoding": encoding})
    return connection.getresponse()


def test_a_page_comes_compressed_and_whole(connection: HTTPConnection) -> None:
    response = get(connection, "/")
    body = response.read()
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(body) < len(PAGE) / 5
    assert gzip.decompress(body).decode() == PAGE


def test_a_client_without_gzip_gets_the_plain_page(connection: HTTPConnection) -> None:
    response = get(connection, "/", "identity")
    assert response.read().decode() == PAGE


def test_one_connection_serves_many_files_with_their_types(
    connection: HTTPConnection,
) -> None:
    expected = {
        "/index.html": "text/html; charset=utf-8",
        "/_static/a.woff2": "font/woff2",
        "/b.ipynb": "application/x-ipynb+json",
    }
    for path, kind in expected.items():
        response = get(connection, path)
        response.read()
        assert response.headers["Content-Type"] == kind


def test_static_files_may_be_kept_and_pages_not(connection: HTTPConnection) -> None:
    kept = {}
    for path in ("/_static/a.woff2", "/index.html"):
        response = get(connection, path)
        response.read()
        kept[path] = response.headers["Cache-Control"]
    assert kept == {"/_static/a.woff2": "max-age=31536000", "/index.html": "max-age=0"}


def test_a_missing_page_is_a_404(connection: HTTPConnection) -> None:
    assert get(connection, "/none.html").status == 404


def test_a_book_that_was_not_built_is_said_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert serve.main([str(tmp_path)]) == 1
    assert "run make book first" in capsys.readouterr().err


def test_a_port_in_use_is_said_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "index.html").write_text(PAGE)
    with serve.make_server(tmp_path) as first:
        assert serve.main([str(tmp_path), "--port", str(first.server_port)]) == 1
    assert f"port {first.server_port} cannot be used" in capsys.readouterr().err


def test_a_chapter_is_found_by_topic_and_an_unknown_one_lists_them(
    tmp_path: Path,
) -> None:
    (tmp_path / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nchapters:\n  - file: chapters/part/one_two\n"
    )
    for name in ("one_two", "part/one_two"):
        found = one_chapter.chapter_file(tmp_path, name)
        assert found == tmp_path / "chapters/part/one_two.md"
    with pytest.raises(ValueError, match=r"'two'.*one_two"):
        one_chapter.chapter_file(tmp_path, "two")
    with pytest.raises(ValueError, match="name a chapter"):
        one_chapter.chapter_file(tmp_path, "")
