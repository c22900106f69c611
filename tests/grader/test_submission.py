"""Learners' files run in a process of their own, and every end has its sentence."""

from __future__ import annotations

import math
import platform
import re
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from groundup.grader import walls
from groundup.grader.exercise import Limits, load
from groundup.grader.process import Worker
from groundup.grader.submission import Functions, Submission
from groundup.grader.verdict import Verdict
from groundup.grader.worker import pack, unpack

ROOT = Path(__file__).resolve().parents[2]
GRADIENT = ROOT / "exercises/algorithms/linear_regression/gradient"
EXERCISE = replace(load(GRADIENT), forbidden=("numpy.linalg.lstsq", "scipy"))
FILE = """
import os, sys, time
import numpy as np

count = 0

def echo(*args, **kwargs):
    return args, kwargs

def counted():
    global count
    count += 1
    return count

def changed(x):
    x += 1
    return float(x.sum())

def printed():
    print("to the screen")
    os.write(1, b"straight to the pipe\\n")
    return 3

def asked():
    return input("a number? ")

def endless():
    while True:
        pass

def huge():
    return np.ones((100_000, 100_000))

def left():
    sys.exit(0)

def ended():
    os._exit(3)

def crashed():
    import ctypes
    ctypes.string_at(0)

def stub():
    raise NotImplementedError

def broken(x):
    return np.linalg.inv(x)

def deep():
    return deep()

def function():
    return echo

def objects():
    return np.array([echo, None])

class Equal(np.ndarray):
    def __eq__(self, other):
        return True

class Counter:
    def __init__(self, start=0):
        self.count = start

    def add(self, x):
        self.count = self.count + np.sum(x)
        return self

    def broken(self):
        return 1 / 0

    def __call__(self, x):
        return x * self.count

def sizes(counter, other):
    return counter.count, other

def disguised():
    return np.zeros(2).view(Equal)
"""


@pytest.fixture(scope="module")
def worker():
    worker = Worker(Limits(seconds=1.0, megabytes=256))
    yield worker
    worker.stop()


@pytest.fixture
def sol(tmp_path, worker):
    path = tmp_path / "submission.py"
    path.write_text(FILE, "utf-8")
    return Functions(Submission(path, EXERCISE, worker))


def written(tmp_path, worker, text):
    path = tmp_path / "submission.py"
    path.write_text(text, "utf-8")
    return Functions(Submission(path, EXERCISE, worker))


def test_plain_data_comes_back_as_it_went(sol):
    sent = (None, True, 3, 10**30, -0.5, "é\n", [1, (2.0, "x")], {"a": 1, 2: [None]})
    got, kwargs = sol.echo(*sent, key=1e-300)
    assert got == sent
    assert [type(item) for item in got] == [type(item) for item in sent]
    assert kwargs == {"key": 1e-300}
    assert math.isnan(sol.echo(math.nan)[0][0])


@pytest.mark.parametrize("dtype", ["f8", "f4", "i8", "u1", "?", "c16", "U3"])
def test_arrays_come_back_exactly(sol, dtype):
    rng = np.random.default_rng(0)
    for shape in [(), (0,), (3,), (2, 0), (4, 3)]:
        sent = np.asarray(rng.normal(size=shape) * 100).astype(dtype)
        [got], _ = sol.echo(sent)
        assert type(got) is np.ndarray
        assert (got.dtype, got.shape) == (sent.dtype, sent.shape)
        np.testing.assert_array_equal(got, sent)
    [scalar], _ = sol.echo(np.float32(1.5))
    assert type(scalar) is np.float32


def test_a_class_of_the_learner_does_not_reach_the_grader(sol):
    assert type(sol.disguised()) is np.ndarray


def test_inputs_changed_in_place_are_noticed_and_stay_as_they_were_here(sol):
    x = np.zeros(3)
    with pytest.raises(Verdict, match="`changed` changed its input in place"):
        sol.changed(x)
    assert x.tolist() == [0, 0, 0]
    assert sol.echo(np.array([np.nan, 0.0])) is not None


def test_what_is_printed_is_no_answer(sol):
    assert sol.printed() == 3


def test_no_test_sees_what_another_left(sol):
    assert (sol.counted(), sol.counted()) == (1, 2)
    again = Functions(
        Submission(sol._submission.path, EXERCISE, sol._submission.worker)
    )
    assert again.counted() == 1


@pytest.mark.parametrize(
    ("function", "says"),
    [
        ("absent", "Your file defines no function `absent`."),
        ("stub", "`stub` is still to be written: it raises NotImplementedError."),
        ("endless", "`endless` ran longer than 1 s: is there a loop that never ends?"),
        ("ended", "`ended` ended Python (exit code 3)."),
        ("left", "`left` raised SystemExit: 0\n  line 35:  sys.exit(0)"),
        ("asked", "`asked` asks for input(), and nobody is here to answer: what it"),
        ("deep", "`deep` raised RecursionError: maximum recursion depth exceeded"),
        ("function", "`function` returned a value of type function: expected arrays"),
        ("objects", "`objects` returned an array of dtype object: expected arrays"),
    ],
)
def test_a_call_without_a_value_has_its_sentence(sol, function, says):
    with pytest.raises(Verdict) as verdict:
        getattr(sol, function)()
    assert str(verdict.value).startswith(says)
    assert sol.counted() == 1  # and the next call works


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are Linux's")
def test_too_much_memory_has_its_sentence(sol):
    with pytest.raises(Verdict, match="`huge` asked for too much memory: Unable to"):
        sol.huge()
    assert sol.counted() == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals are not Windows'")
def test_a_crash_has_its_sentence(sol):
    with pytest.raises(Verdict, match=r"`crashed` crashed Python \(signal 11\)"):
        sol.crashed()


def test_an_exception_is_shown_with_the_learners_own_line(sol):
    with pytest.raises(Verdict) as verdict:
        sol.broken(np.zeros((2, 2)))
    line = "line 48:  return np.linalg.inv(x)"
    says = f"`broken` raised LinAlgError: Singular matrix\n  {line}"
    assert str(verdict.value) == says


def test_a_file_that_does_not_load_has_its_sentence(tmp_path, worker):
    sol = written(tmp_path, worker, "def gradient(:\n    pass\n")
    says = r"could not be loaded: SyntaxError: .*\n  line 1:  def gradient\(:"
    with pytest.raises(Verdict, match=says):
        sol.gradient()
    sol = written(tmp_path, worker, "x = 1\ny = x / 0\n")
    says = "could not be loaded: ZeroDivisionError: .*\n  line 2:  y = x / 0"
    with pytest.raises(Verdict, match=says):
        sol.gradient()


def test_a_file_that_is_not_there_has_its_sentence(tmp_path, worker):
    sol = Functions(Submission(tmp_path / "none.py", EXERCISE, worker))
    with pytest.raises(
        Verdict, match=r"There is no file .*none.py yet: copy .*starter"
    ):
        sol.gradient()


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("import numpy as np\nw = np.linalg.lstsq", "numpy.linalg.lstsq"),
        ("import numpy.linalg\nw = numpy.linalg.lstsq", "numpy.linalg.lstsq"),
        ("import numpy.linalg as la\nw = la.lstsq", "numpy.linalg.lstsq"),
        ("from numpy import linalg\nw = linalg.lstsq", "numpy.linalg.lstsq"),
        ("\nfrom numpy.linalg import lstsq as fit", "numpy.linalg.lstsq"),
        ("\nfrom numpy.linalg import *", r"numpy.linalg.\*"),
        ("\nimport scipy.linalg", "scipy.linalg"),
        ("def f():\n    from scipy import linalg", "scipy.linalg"),
        ("\nfrom groundup.algorithms import linear_regression", "groundup.algorithms"),
    ],
)
def test_a_forbidden_name_is_found_behind_any_import(tmp_path, worker, source, name):
    sol = written(tmp_path, worker, source + "\ndef gradient(): return 1\n")
    with pytest.raises(Verdict, match=f"Line 2 uses {name}.*does the work"):
        sol.gradient()


@pytest.mark.parametrize(
    "spelled",
    [
        "getattr(np.linalg, 'lst' + 'sq')",
        "vars(np.linalg)['lst' + 'sq']",
        "eval('np.linalg.lst' + 'sq')",
        "operator.attrgetter('linalg.lst' + 'sq')(np)",
        "getattr(np.lib._polynomial_impl, 'lst' + 'sq')",
        "getattr(np.linalg._umath_linalg, 'lst' + 'sq')",
        "next(f for f in gc.get_objects() if getattr(f, '__name__', '') == 'lst' 'sq')",
        "np.polyfit",
        "importlib.import_module('sci' + 'py.linalg').lstsq",
        "__import__('ground' + 'up.algorithms')",
        "getattr(importlib.reload(np.linalg._linalg), 'lst' + 'sq')",
    ],
)
def test_a_forbidden_name_is_found_when_it_is_used(tmp_path, spelled):
    """Behind the lowest walls, too: they keep no file from being read."""
    source = f"""
import gc, importlib, operator
import numpy as np
A, b = np.eye(3), np.ones(3)
def gradient():
    solve = {spelled}
    return solve(np.arange(3.0), b, 1) if "poly" in {spelled!r} else solve(A, b)[0]
"""
    low = Worker(Limits(seconds=20.0, megabytes=1024), strongest="process")
    sol = written(tmp_path, low, source)
    with pytest.raises(Verdict) as told:
        sol.gradient()
    low.stop()
    said = " ".join(str(told.value).split())
    if "reload" in spelled:
        assert "this file has what the exercise forbids" in said
    elif "gc." in spelled:
        assert "StopIteration" in said
    else:
        assert re.match(r"Line [67] uses (numpy\.linalg\.lstsq|scipy|groundup)", said)
        assert "does the work that this exercise asks of you" in said


def test_other_names_are_not_forbidden(tmp_path, worker):
    source = "import numpy as np\nlstsq = scipy = np.linalg.qr\n"
    sol = written(tmp_path, worker, source + "def gradient(): return 1\n")
    assert sol.gradient() == 1


@pytest.mark.skipif(sys.platform != "linux", reason="these walls are Linux's")
def test_behind_the_walls_the_kernel_refuses_what_is_listed(tmp_path, worker):
    column = list(walls.ARCHITECTURES).index(platform.machine())
    numbers = {name: both[column] for name, both in walls.REFUSED.items()}
    numbers = {name: n for name, n in numbers.items() if n is not None}
    source = """
import ctypes
LIBC = ctypes.CDLL(None, use_errno=True)
def gradient(numbers):
    said = {}
    for name, number in numbers.items():
        ctypes.set_errno(0)
        said[name] = LIBC.syscall(number, 0, 0, 0, 0, 0, 0), ctypes.get_errno()
    return said
"""
    sol = written(tmp_path, worker, source)
    newer = {"newer": walls.NEWEST + 1, "newest": walls.NEWEST + 300}
    said = sol.gradient(numbers | newer)
    assert worker.level == "walls"
    assert {name: said.pop(name)[1] for name in newer} == dict.fromkeys(newer, 38)
    assert said == dict.fromkeys(numbers, (-1, 1))


def test_what_is_allowed_works_after_others_are_forbidden(tmp_path, worker):
    source = "import numpy as np\nimport colorsys\n"
    source += "def gradient(): return np.linalg.pinv(np.eye(2)) @ np.ones(2)\n"
    sol = written(tmp_path, worker, source)
    assert sol.gradient().tolist() == [1.0, 1.0]


def test_only_plain_data_can_be_sent():
    with pytest.raises(TypeError, match="a value of type set"):
        pack([{1, 2}])
    assert unpack(pack({"a": (1, [2])}), list) == {"a": (1, [2])}


def test_objects_of_a_learner_s_class_stay_in_the_worker(sol):
    counter = sol.Counter(2)
    again = counter.add(np.array([1.0, 2.0]))
    assert again == counter
    assert counter.count == 5.0
    assert counter(3) == 15.0
    count, same = sol.sizes(counter, again)
    assert (count, same) == (5.0, counter)
    assert same.count == 5.0
    assert sol.Counter(start=7) != counter


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("absent", "Your file defines no `Counter.absent`."),
        ("broken", "`Counter.broken` raised ZeroDivisionError: division by zero"),
    ],
)
def test_what_a_method_does_wrong_is_said_with_its_class(sol, name, said):
    counter = sol.Counter()
    with pytest.raises(Verdict) as told:
        getattr(counter, name)()
    assert str(told.value).startswith(said)


def test_a_crash_and_an_endless_loop_show_the_line(sol, worker, tmp_path):
    for function, line in (("crashed", "ctypes.string_at(0)"), ("endless", "pass")):
        own = written(tmp_path, worker, FILE)
        with pytest.raises(Verdict) as told:
            getattr(own, function)()
        assert any(text in str(told.value) for text in (line, "while True:"))


def test_a_test_does_not_wait_for_ever_for_calls_that_end(tmp_path):
    impatient = Worker(Limits(seconds=0.5, megabytes=256))
    file = "import time\ndef slow():\n    time.sleep(0.3)\n"
    sol = written(tmp_path, impatient, file)
    for _ in range(4):
        sol.slow()
    sol = written(tmp_path, impatient, file)  # another test
    with pytest.raises(Verdict) as told:
        for _ in range(20):
            sol.slow()
    assert "0.05 s, which is what calls get after others that" in str(told.value)
    impatient.stop()


def test_after_a_call_that_did_not_end_the_learner_does_not_wait_again(tmp_path):
    impatient = Worker(Limits(seconds=1.0, megabytes=256))
    for waited in ("1 s:", "0.1 s, which is what calls get after", "0.1 s, which"):
        with pytest.raises(Verdict, match="is there a loop that never ends") as told:
            written(tmp_path, impatient, FILE).endless()
        assert f"ran longer than {waited}" in str(told.value)
    assert written(tmp_path, impatient, FILE).counted() == 1
    impatient.stop()
