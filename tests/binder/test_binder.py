"""The light install, and Binder without Binder's servers: its files, a browser.

Every chapter runs to its end without PyTorch, each in its week. JupyterLab starts, a
chapter opens as a notebook on a click, every cell runs, and Python sees what the reader
drags.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import time
import venv
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from groundup.book.cards import read_card, read_cards
from groundup.book.library import files_behind
from groundup.extras import ALONE, NAMES
from playwright.sync_api import Browser, Page, expect

from tests.weekly import in_turn

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = "chapters/algorithms/linear_regression.md"
NOTEBOOKS = "notebooks/algorithms"
WAIT = 60_000  # milliseconds; starting JupyterLab and a kernel takes its time
OBSERVER = """
```{code-cell} ipython3
import json
from pathlib import Path

from ipywidgets.widgets.widget import _instances

made = [w for w in _instances.values() if isinstance(w, GradientDescent)]
(shown,) = [w for w in made if w.name == "gradient-descent"]
seen = Path("seen.json")
shown.observe(lambda change: seen.write_text(json.dumps(change.new)), "start")
print("all cells ran")
```
"""
# Runs a notebook to its end; says how long that took and the kernel's largest memory.
RUN_ALL = """
import json, resource, sys, time
import jupytext
from nbclient import NotebookClient

book, start = jupytext.read(sys.argv[1]), time.monotonic()
NotebookClient(book, timeout=600).execute()
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
outputs = [o for cell in book.cells for o in cell.get("outputs", ())]
said = "".join(o.text for o in outputs if o.output_type == "stream")
print(json.dumps([time.monotonic() - start, peak, said]))
"""
LIMIT = 1700  # megabytes; mybinder.org gives 2048
CHAPTERS = [card.docname for card in read_cards(ROOT)]
PEERS = re.compile(r"^(?:peers\.)?optional\((.*)\)", re.MULTILINE)


# What an environment is made of, and what makes notebooks of chapters.
MADE_OF = [
    "pyproject.toml",
    "constraints.txt",
    "hatch_build.py",
    "LICENSE",
    "README.md",
]
MADE_OF += ["binder", "benchmarks", "chapters/refreshers", "code/groundup/book"]


def inputs(item: pytest.Item) -> list[Path]:
    """Return what decides about a chapter here: environment, text, library."""
    params = item.callspec.params if hasattr(item, "callspec") else {}
    docname = params.get("docname", CHAPTER.removesuffix(".md"))
    path = ROOT / f"{docname}.md"
    card = read_card(ROOT, docname)
    reads = [ROOT / name for name in card.reads] if card else []
    library = files_behind(path.read_text(encoding="utf-8"))
    return [path, downloaded(docname), *reads, *library, *(ROOT / m for m in MADE_OF)]


def downloaded(docname: str) -> Path:
    """Return the notebook that a chapter's page offers to download."""
    topic = docname.removeprefix("chapters/")
    return ROOT / f"_build/html/_notebooks/{topic}.ipynb"


pytestmark = pytest.mark.kept(inputs=inputs)


def compares(docname: str) -> set[str]:
    """Return the peers that a chapter does without where they are absent."""
    calls = PEERS.findall((ROOT / f"{docname}.md").read_text("utf-8"))
    names = (name for call in calls for name in re.findall(r"\w+", call))
    return {NAMES.get(name, name) for name in names}


def first_chapters() -> list[str]:
    """Return the first chapter of each part, which is the lightest."""
    firsts = {card.part: card for card in reversed(read_cards(ROOT))}
    return [card.docname for card in firsts.values()]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's files as Binder gets them, the chapter with one more cell."""
    target = tmp_path_factory.mktemp("binder") / "book"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    # By a program, as what is copied is not what decides: see `inputs`.
    names = [name for name in listed.stdout.split("\0") if (ROOT / name).is_file()]
    copy = ["tar", "--create", "--null", "--files-from=-"]
    target.mkdir(parents=True)
    packed = subprocess.run(
        copy, cwd=ROOT, input="\0".join(names).encode(), capture_output=True, check=True
    )
    subprocess.run(["tar", "--extract"], cwd=target, input=packed.stdout, check=True)
    with (target / CHAPTER).open("a") as file:
        file.write(OBSERVER)
    return target


@pytest.fixture(scope="module")
def light(checkout: Path) -> Path:
    """The Python of a fresh environment with a plain install."""
    home = checkout.parent / "env"
    venv.create(home, with_pip=True)
    own = home / "bin" / "python"
    quiet = ["--quiet", "--disable-pip-version-check", "-c", "constraints.txt"]
    for wanted in ([".[learn]"], ["--no-deps", *ALONE.values()]):
        command = [own, "-m", "pip", "install", *quiet, *wanted]
        subprocess.run(command, cwd=checkout, check=True)
    return own


@pytest.fixture(scope="module")
def python(checkout: Path, light: Path) -> Path:
    """The Python of that environment after Binder's own two steps."""
    quiet = ["--quiet", "--disable-pip-version-check"]
    requirements = ["-r", "binder/requirements.txt"]
    subprocess.run(
        [light, "-m", "pip", "install", *quiet, *requirements], cwd=checkout, check=True
    )
    path = f"{light.parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        ["bash", "binder/postBuild"],
        cwd=checkout,
        env={**os.environ, "PATH": path},
        check=True,
    )
    return light


def run_all(python: Path, notebook: Path, folder: Path) -> tuple[float, float, str]:
    """Run a notebook; returns its seconds, its megabytes and what it printed."""
    done = subprocess.run(
        [python, "-c", RUN_ALL, notebook], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    seconds, peak, said = json.loads(done.stdout.splitlines()[-1])
    print(f"{notebook.stem}: {seconds:.0f} s, {peak:.0f} MB")
    return seconds, peak, said


@pytest.fixture(scope="module")
def lab(checkout: Path, python: Path) -> Iterator[str]:
    """The address of a JupyterLab in that environment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = checkout.parent / "home"
    home.mkdir()
    log = (checkout.parent / "lab.log").open("w+")
    server = subprocess.Popen(
        [python, "-m", "jupyter", "lab", "--no-browser", "--allow-root"]
        + [f"--port={port}", "--IdentityProvider.token="],
        cwd=checkout,
        env={**os.environ, "HOME": str(home), "PATH": f"{python.parent}:/usr/bin:/bin"},
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + WAIT / 1000
    while True:
        try:
            urlopen(f"{address}/api/status", timeout=5).close()
            break
        except OSError:
            log.seek(0)
            assert server.poll() is None and time.monotonic() < deadline, log.read()
    yield address
    server.terminate()
    server.wait(20)
    log.close()


@pytest.fixture(scope="module")
def notebook(browser: Browser, lab: str) -> Iterator[Page]:
    """The notebook, opened from the file browser with a double click, all cells run."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(WAIT)
    expect.set_options(timeout=WAIT)
    page = context.new_page()
    page.goto(f"{lab}/lab/tree/{NOTEBOOKS}")
    files = page.locator(".jp-DirListing-item")
    files.filter(has_text="linear_regression.ipynb").dblclick()
    cells = page.locator(".jp-NotebookPanel .jp-Cell")
    expect(cells.first).to_be_visible()
    kernel = page.get_by_role("button", name="Python 3 (ipykernel) | Idle")
    expect(kernel).to_be_visible()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    yield page
    expect.set_options(timeout=None)
    context.close()


def test_nothing_of_binder_needs_pytorch(python: Path) -> None:
    listed = subprocess.run(
        [python, "-m", "pip", "list", "--format=json"],
        capture_output=True,
        check=True,
    )
    names = {package["name"].lower() for package in json.loads(listed.stdout)}
    assert {"jupyterlab", "jupytext", "groundup"} <= names
    assert "torch" not in names


@pytest.mark.parametrize("docname", first_chapters())
def test_a_plain_install_runs_a_downloaded_chapter(
    light: Path, tmp_path: Path, docname: str
) -> None:
    """Anywhere on the disk."""
    notebook = Path(shutil.copy(downloaded(docname), tmp_path))
    _, _, said = run_all(light, notebook, tmp_path)
    assert bool(compares(docname)) == ("not installed here" in said)


@pytest.mark.parametrize("docname", in_turn(CHAPTERS))
def test_every_chapter_runs_to_its_end_in_binder(
    python: Path, checkout: Path, docname: str
) -> None:
    path = checkout / f"{docname}.md"
    _, peak, said = run_all(python, path, path.parent)
    assert peak < LIMIT
    lines = [line for line in said.splitlines() if "not installed here" in line]
    wanted = compares(docname)
    assert bool(lines) == bool(wanted)
    for line in lines:
        assert any(peer in line for peer in wanted)
        assert not line.endswith("was left out.")  # what it printed was kept


def test_a_click_opens_the_chapter_as_a_notebook_and_every_cell_runs(
    notebook: Page,
) -> None:
    last = notebook.locator(".jp-OutputArea-output", has_text="all cells ran")
    failure = notebook.locator("[data-mime-type='application/vnd.jupyter.stderr']")
    expect(last.or_(failure).first).to_be_attached()
    said = failure.all_inner_texts()
    assert said == []
    expect(last).to_be_attached()


def test_python_sees_what_the_reader_drags(notebook: Page, checkout: Path) -> None:
    notebook.keyboard.press("Control+Home")
    handle = notebook.get_by_role("slider", name=re.compile("^Right handle")).first
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    notebook.mouse.move(x, y)
    notebook.mouse.down()
    notebook.mouse.move(x + 30, y - 60, steps=5)
    notebook.mouse.up()
    seen = checkout / NOTEBOOKS / "seen.json"
    deadline = time.monotonic() + WAIT / 1000
    while time.monotonic() < deadline:
        words = str(handle.get_attribute("aria-valuetext")).replace("−", "-")
        if seen.is_file() and fits(seen.read_text(), words):
            break
    assert fits(seen.read_text(), words)
    notebook.screenshot(
        path=os.environ.get("GROUNDUP_SCREENSHOT", checkout / "lab.png")
    )


def fits(start: str, words: str) -> bool:
    """Tell whether the line that Python saw predicts what the page says."""
    intercept, slope = json.loads(start or "[0, 0]")
    found = re.match(r"predicts (\S+) at ([-\d.]+)", words)
    return found is not None and float(found[1]) == pytest.approx(
        intercept + slope * float(found[2]), rel=1e-2
    )
