"""Grades a class: one verdict for each answer, in parallel, on one machine or many.

Verdicts are kept by the content of answer and exercise: a run that was ended in the
middle goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import secrets
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator, Mapping
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from pathlib import Path
from typing import Any, cast

from .exercise import Exercise, load
from .grading import GraderError, grade
from .handed_in import Answer, Class
from .learner import LearnerError, write
from .results import KEPT, SEED
from .walls import LEVELS

SECONDS_TO_CONNECT = 10.0
AHEAD = 64  # answers that wait at a pool's door
Found = dict[str, Any]  # a report as plain data, or {"exercise", "trouble"}
ONE_AT_A_TIME = threading.Lock()  # pytest belongs to one thread of a process


def packed(exercise: Exercise) -> dict[str, bytes]:
    """Return an exercise's files by path, hidden tests too: all its verdicts need."""
    roots = {"exercise": exercise.folder}
    if exercise.hidden:
        roots["hidden"] = exercise.hidden.parent
    return {
        f"{kind}/{exercise.part}/{exercise.name}/{name.as_posix()}": (
            root / name
        ).read_bytes()
        for kind, root in roots.items()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix != ".pyc"
        for name in [path.relative_to(root)]
        if name.parts[0] not in ("right", "right.yml")
    }


def fingerprint(files: Mapping[str, bytes]) -> str:
    """Return a digest of the files on which an exercise's verdicts depend."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def verdict(files: Mapping[str, bytes], source: str, seed: int, weakest: str) -> Found:
    """Return the verdict on an answer as plain data.

    Processes of a pool run this, here or elsewhere: what they need comes by value.
    """
    *_, part, topic, id_, _ = next(iter(files)).split("/", 4)
    with ONE_AT_A_TIME, tempfile.TemporaryDirectory(prefix="groundup-") as folder:
        scratch = Path(folder)
        for name, content in files.items():
            path = scratch / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        file = scratch / f"{id_}.py"
        file.write_text(source, encoding="utf-8", errors="replace")
        chapter = Path(part, topic)
        try:
            exercise = load(
                scratch / "exercise" / chapter / id_, scratch / "hidden" / chapter
            )
            return grade(exercise, file, seed=seed, weakest=weakest).json()
        except (GraderError, ValueError, OSError) as error:
            return {"exercise": id_, "trouble": str(error)}


def grade_class(
    handed_in: Class,
    exercises: Mapping[str, Exercise],
    out: Path,
    *,
    seed: int,
    weakest: str = "process",
    pool: Callable[[], Executor] | None = None,
) -> Iterator[tuple[Answer, Found]]:
    """Yield each answer with its verdict as it comes; kept ones come first.

    Verdicts are written to `out` one by one. The same answer handed in twice is graded
    once. Trouble of the grader itself is yielded, not kept: the next run tries again.
    `pool` opens an executor, by default one of local processes.
    """
    kept = out / KEPT
    kept.mkdir(parents=True, exist_ok=True)
    files = {id_: packed(exercise) for id_, exercise in exercises.items()}
    prints = {id_: fingerprint(content) for id_, content in files.items()}
    waiting: dict[str, list[Answer]] = {}
    for answer in handed_in.answers.values():
        key = answer.key(prints[answer.exercise], seed)
        known = read_verdict(kept / f"{key}.json", weakest)
        if known is None:
            waiting.setdefault(key, []).append(answer)
        else:
            yield answer, {**known, "exercise": answer.exercise}
    tasks = {
        key: (files[same[0].exercise], same[0].source, seed, weakest)
        for key, same in waiting.items()
    }
    for key, found in verdicts(tasks, pool or local):
        if "trouble" not in found:
            write(kept / f"{key}.json", json.dumps(found) + "\n")
        for answer in waiting[key]:
            yield answer, {**found, "exercise": answer.exercise}


def seed_of(out: Path) -> int:
    """Return the seed of a class: drawn once, so that no table of answers fits it."""
    file = out / SEED
    if file.is_file():
        return int(file.read_text(encoding="utf-8"))
    seed = secrets.randbelow(10**9)
    out.mkdir(parents=True, exist_ok=True)
    write(file, f"{seed}\n")
    return seed


def verdicts(
    tasks: dict[str, tuple[Any, ...]], pool: Callable[[], Executor]
) -> Iterator[tuple[str, Found]]:
    """Yield verdicts as they come; whatever happens to one task, all have an end.

    Those that were under way when a grading process died are tried again one by one:
    whoever is alone when it dies once more has killed it.
    """
    left, suspects = dict(tasks), dict[str, tuple[Any, ...]]()
    while left:
        suspects |= yield from until_one_dies(left, pool, AHEAD)
    while suspects:
        for key in (yield from until_one_dies(suspects, pool, 1)):
            yield key, {"trouble": "the process that graded it died"}


def until_one_dies(
    tasks: dict[str, tuple[Any, ...]], pool: Callable[[], Executor], ahead: int
) -> Generator[tuple[str, Found], None, dict[str, tuple[Any, ...]]]:
    """Yield verdicts, `ahead` tasks at a time, and take what has begun from `tasks`.

    Returns the tasks that were under way when a grading process died.
    """
    executor = pool()
    running: dict[Future[Found], tuple[str, tuple[Any, ...]]] = {}
    lost: dict[str, tuple[Any, ...]] = {}
    try:
        while (tasks and not lost) or running:
            while tasks and not lost and len(running) < ahead:
                key = next(iter(tasks))
                task = tasks.pop(key)
                try:
                    running[executor.submit(verdict, *task)] = key, task
                except BrokenExecutor:
                    lost[key] = task
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                key, task = running.pop(done)
                try:
                    found = done.result()
                except BrokenExecutor:
                    lost[key] = task
                    continue
                except Exception as error:
                    found = {"trouble": f"{type(error).__name__}: {error}"}
                del done  # Dask restores what is lost and referred to
                yield key, found
    finally:
        for future in running:
            future.cancel()
        # Python's end would disturb processes that are still ending by themselves.
        executor.shutdown(wait=not running)
    return lost


def local(jobs: int | None = None) -> Executor:
    """Return so many processes of this machine; by default one for each processor."""
    spawn = multiprocessing.get_context("spawn")  # the progress bar has threads
    count = jobs or os.cpu_count()
    return ProcessPoolExecutor(count, mp_context=spawn, initializer=end_with_parent)


def remote(address: str) -> Executor:
    """Return the workers of a Dask scheduler; raises LearnerError without one.

    Answers and exercises travel with their tasks; the workers need this package and
    walls. What a lost worker had not handed back is given to another.
    """
    from distributed import Client

    try:
        client = Client(address, timeout=SECONDS_TO_CONNECT)
    except (OSError, ValueError) as error:
        raise LearnerError(f"no Dask scheduler at {address}: {error}") from None
    executor: Any = client.get_executor(pure=False)
    executor.shutdown = lambda wait: client.close()
    return cast(Executor, executor)


def end_with_parent() -> None:
    """Make a process of the pool end when the one that started it was killed."""

    def wait() -> None:
        if parent := multiprocessing.parent_process():
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def read_verdict(file: Path, weakest: str) -> Found | None:
    """Return a kept verdict, None where there is none or its walls were too low."""
    try:
        found = dict(json.loads(file.read_text(encoding="utf-8")))
        low = LEVELS.index(found["sandbox"]) < LEVELS.index(weakest)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return None if low else found
