"""Serves the built book on this computer, compressed, as a web server would.

`python -m groundup.book.serve _build/html --port 8000`
"""

from __future__ import annotations

import argparse
import gzip
import sys
from collections.abc import Sequence
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ipynb": "application/x-ipynb+json",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
COMPRESSED = {".woff2", ".png", ".jpg", ".zip"}


@lru_cache(maxsize=512)
def packed(path: Path, modified: float) -> bytes:
    """Return a file compressed; `modified` makes a changed file a new entry."""
    return gzip.compress(path.read_bytes(), compresslevel=9)


class Handler(SimpleHTTPRequestHandler):
    """Answers with gzip, keeps connections open, lets static files be cached."""

    protocol_version = "HTTP/1.1"
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, **TYPES}

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Send status and headers; return the body, compressed where it pays."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path = path / "index.html"
        accepts = "gzip" in self.headers.get("Accept-Encoding", "")
        if not (path.is_file() and accepts and path.suffix not in COMPRESSED):
            return super().send_head()
        body = packed(path, path.stat().st_mtime)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)

    def end_headers(self) -> None:
        """Add how long the browser may keep a file without asking again."""
        static = "/_static/" in self.path
        self.send_header("Cache-Control", f"max-age={31536000 if static else 0}")
        self.send_header("Vary", "Accept-Encoding")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: a reader of the terminal wants the address, not a log."""


def make_server(
    directory: Path, port: int = 0, bind: str = "127.0.0.1"
) -> ThreadingHTTPServer:
    """Return a server of a built book; port 0 takes any free one.

    Raises FileNotFoundError where no book was built, OSError for a port in use.
    """
    if not (directory / "index.html").is_file():
        raise FileNotFoundError(f"no built book in {directory}: run make book first")
    server = ThreadingHTTPServer(
        (bind, port), partial(Handler, directory=str(directory))
    )
    server.daemon_threads = True
    return server


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted; returns 1 with a sentence where that cannot be."""
    parser = argparse.ArgumentParser(description="Serve the built book.")
    parser.add_argument("directory", nargs="?", default="_build/html", type=Path)
    parser.add_argument("--port", default=8000, type=int)
    options = parser.parse_args(arguments)
    try:
        server = make_server(options.directory, options.port)
    except OSError as error:
        in_use = f"port {options.port} cannot be used ({error.strerror}): try --port"
        print(
            error if isinstance(error, FileNotFoundError) else in_use, file=sys.stderr
        )
        return 1
    print(f"The book is at http://127.0.0.1:{server.server_port}/ (Ctrl+C to stop)")
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
