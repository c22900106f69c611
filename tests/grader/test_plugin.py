"""`pytest exercises/` as a learner runs it: whose files, which inputs, what it says."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.answers import wrong_answer

ROOT = Path(__file__).resolve().parents[2]
TOPIC = ROOT / "exercises" / "algorithms" / "linear_regression"
GRADIENT = TOPIC / "gradient"
SLOW = """
def gradient(X, y, w):
    n, d = X.shape
    total = [0.0] * d
    for i in range(n):
        residual = sum(X[i, j] * w[j] for j in range(d)) - y[i]
        for j in range(d):
            total[j] += 2 * residual * X[i, j]
    return total
"""


def pytest_run(*arguments):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [*command, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True
    )
    return run.returncode, run.stdout + run.stderr


def test_plain_pytest_grades_the_reference_solutions():
    status, said = pytest_run("exercises")
    assert status == 0
    for id_ in ("gradient", "collinear", "scaling", "r_squared", "leverage"):
        assert f"{id_}: 6 of 6" in said


def test_a_learners_own_way_to_make_a_known_mistake_is_recognized(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(SLOW, "utf-8")
    status, said = pytest_run(GRADIENT, "--submission", file, "--seed=1", "-x")
    assert status == 1
    lines = [line.strip() for line in said.splitlines()]
    assert any(line.startswith("On the chapter's four points") for line in lines)
    assert "y = [2. 3. 5. 6.]   shape (4,)" in lines
    assert "yours     [ -8. -24.]   shape (2,)" in lines
    assert "expected  [-2. -6.]   shape (2,)" in lines
    assert "largest difference 18 at [1]" in lines
    assert "Where does the 1/n of the loss go?" in " ".join(lines)
    assert "gradient: 0 of 6" in lines
    for place in ("Traceback", "plugin.py", "submission.py", "test_gradient.py:1"):
        assert place not in said


def test_a_right_answer_written_with_loops_and_lists_gets_full_marks(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(SLOW.replace("2 *", "2 / n *"), "utf-8")
    status, said = pytest_run(GRADIENT, "--submission", file)
    assert status == 0
    assert "gradient: 6 of 6" in said


def test_an_unknown_mistake_gets_no_message_made_for_another(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(SLOW.replace("2 *", "3 *"), "utf-8")
    _, said = pytest_run(GRADIENT, "--submission", file, "-x")
    assert "expected" in said
    assert "1/n" not in said


def test_a_folder_of_answers_is_graded_and_what_is_missing_is_said(tmp_path):
    shutil.copy(GRADIENT / "solution.py", tmp_path / "gradient.py")
    status, said = pytest_run(GRADIENT, TOPIC / "r_squared", "--submissions", tmp_path)
    assert status == 1
    assert "gradient: 6 of 6" in said
    assert "r_squared: 0 of 6" in said
    assert "There is no file" in said


def test_one_file_is_not_the_answer_to_several_exercises():
    file = GRADIENT / "solution.py"
    status, said = pytest_run("exercises", "--submission", file)
    assert status == 4
    assert "the answer to one exercise: name its folder, too" in said


def test_a_seed_draws_the_same_inputs_again_and_another_draws_others(tmp_path):
    wrong = tmp_path / "mine.py"
    wrong.write_text(wrong_answer(GRADIENT, "missing_two"), "utf-8")
    test = f"{GRADIENT / 'test_gradient.py'}::test_one_sample"
    said = [
        pytest_run(test, "--submission", wrong, f"--seed={seed}")[1]
        for seed in (5, 5, 6)
    ]
    runs = [text.partition("= points =")[0] for text in said]
    assert runs[0] == runs[1]
    assert runs[0] != runs[2]


def test_a_test_that_fails_for_one_of_many_seeds_gives_no_points(tmp_path):
    file = tmp_path / "mine.py"
    lucky = SLOW.replace("2 *", "2 / n *").replace(
        "    return total", "    return total if total[0] > 0 else [0.0] * d"
    )
    file.write_text(lucky, "utf-8")
    test = f"{GRADIENT / 'test_gradient.py'}::test_one_sample"
    _, said = pytest_run(test, "--submission", file, "--seeds=10")
    assert "passed" in said and "failed" in said
    assert "gradient: 0 of 6" in said
