"""Why a test failed: a misconception where it is certain, else what the arrays show."""

from __future__ import annotations

from pathlib import Path

import pytest
from groundup.grader.exercise import Exercise, load
from groundup.grader.grading import Report, grade

from tests.answers import wrong_answer

EXERCISES = Path(__file__).resolve().parents[2] / "exercises"
WHERE = {path.parent.name: path.parent for path in EXERCISES.rglob("exercise.md")}
MASKED = """
def masked_weights(scores, mask):
    seen = np.where(mask, scores, -np.inf)
    with np.errstate(invalid="ignore"):
        powers = np.exp(seen - np.max(seen, axis=-1, keepdims=True))
        weights = powers / powers.sum(axis=-1, keepdims=True)
    return np.where(mask, weights, 0.0)
"""
CAUSAL = """
def causal_mask(n_queries, n_keys):
    return np.tri(n_queries, n_keys, n_keys - n_queries, dtype=bool)
"""
EQUIVARIANT = """
def restored(shuffled, order):
    return shuffled[np.argsort(order)]

def shuffled_mask(mask, order):
    return mask[order][:, order]
"""
STABLE = """
def softmax(x):
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
"""
# Answers that behave like a known wrong one in some tests, and are another mistake.
UNKNOWN: dict[str, tuple[str, str]] = {
    "a mask of floats": ("mask_leak", MASKED + CAUSAL.replace(", dtype=bool", "")),
    "not sorted": (
        "nucleus",
        """
def top_p(probabilities, p):
    if p >= 1:
        return probabilities / probabilities.sum()
    keep = np.roll(np.cumsum(probabilities), 1) < p
    keep[0] = True
    kept = np.where(keep, probabilities, 0)
    return kept / kept.sum()
""",
    ),
    "the median of 1/p": (
        "perplexity",
        """
def perplexity(logits, ids):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares = powers / powers.sum(axis=1, keepdims=True)
    return np.median(1 / shares[np.arange(len(ids) - 1), ids[1:]])
""",
    ),
    "the larger of mean and eps": (
        "rms_norm",
        """
def rms_norm(x, gain, eps):
    mean = np.mean(x**2, axis=-1, keepdims=True)
    return x / np.sqrt(np.maximum(mean, eps)) * gain
""",
    ),
    "the first entry is the yardstick": (
        "equivariance",
        EQUIVARIANT
        + """
def is_equivariant(out, shuffled_out, order):
    allowed = 1e-9 * abs(out[0, 0])
    return bool(np.all(np.abs(shuffled_out - out[order]) <= allowed))
""",
    ),
    "always true": (
        "equivariance",
        EQUIVARIANT + "\ndef is_equivariant(*given):\n    return True\n",
    ),
    "always false": (
        "equivariance",
        EQUIVARIANT + "\ndef is_equivariant(*given):\n    return False\n",
    ),
}


def graded(id_: str, source: str, folder: Path, seed: int = 0) -> Report:
    """Return the verdict on a source."""
    file = folder / f"{id_}.py"
    file.write_text(f"import numpy as np\n{source}", encoding="utf-8")
    return grade(load(WHERE[id_]), file, seed=seed)


def words(text: str) -> str:
    """Return a text in one line."""
    return " ".join(text.split())


def blamed(exercise: Exercise, report: Report) -> set[str]:
    """Return the wrong answers whose replies a report has."""
    said = [words(test.message) for test in report.tests]
    return {w.name for w in exercise.wrong if any(w.message in text for text in said)}


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("name", UNKNOWN)
def test_nobody_is_blamed_for_what_was_not_done(
    name: str, seed: int, tmp_path: Path
) -> None:
    id_, source = UNKNOWN[name]
    report = graded(id_, source, tmp_path, seed)
    assert report.score < report.max
    assert blamed(load(WHERE[id_]), report) == set()


def test_hiding_by_a_large_number_is_told_as_that(tmp_path: Path) -> None:
    source = MASKED.replace("-np.inf", "-1e9").replace(
        "np.where(mask, weights, 0.0)", "weights"
    )
    report = graded("mask_leak", source + CAUSAL, tmp_path)
    assert blamed(load(WHERE["mask_leak"]), report) == {"large_number_alone"}


def test_a_mistake_is_named_while_another_function_is_still_to_be_written(
    tmp_path: Path,
) -> None:
    source = MASKED.replace("mask, scores, -np.inf", "mask, scores, 0.0")
    source = source.replace("np.where(mask, weights, 0.0)", "weights")
    source += "\ndef causal_mask(n_queries, n_keys):\n    raise NotImplementedError\n"
    report = graded("mask_leak", source, tmp_path)
    assert blamed(load(WHERE["mask_leak"]), report) == {"zero_scores"}


def test_an_answer_that_differs_in_one_later_test_alone_is_not_blamed(
    tmp_path: Path,
) -> None:
    source = wrong_answer(WHERE["softmax"], "first_axis")
    exercise = load(WHERE["softmax"])
    assert blamed(exercise, graded("softmax", source, tmp_path)) == {"first_axis"}
    source = source.replace(
        "np.ndarray:\n", "np.ndarray:\n    if x.ndim == 3: x = x / 2\n"
    )
    assert blamed(exercise, graded("softmax", source, tmp_path)) == set()


def test_rounding_where_zero_is_meant_does_not_hide_a_mistake(tmp_path: Path) -> None:
    source = """
def gradient(X, y, w):
    total = [0.0] * len(w)
    for row, target in zip(X, y):
        residual = sum(a * b for a, b in zip(row, w)) - target
        for j, entry in enumerate(row):
            total[j] += 2 * residual * entry
    return total
"""
    report = graded("gradient", source, tmp_path)
    assert blamed(load(WHERE["gradient"]), report) == {"sum_not_mean"}


def test_inputs_that_a_test_changes_later_are_kept_as_they_were(tmp_path: Path) -> None:
    source = wrong_answer(WHERE["attention"], "not_scaled")
    report = graded("attention", source, tmp_path)
    assert "not_scaled" in blamed(load(WHERE["attention"]), report)


def test_the_first_failure_is_told_with_its_reason(tmp_path: Path) -> None:
    exercise = load(WHERE["gradient"])
    wrong = exercise.wrong[0]
    file = tmp_path / "gradient.py"
    file.write_text(wrong.source, encoding="utf-8")
    told: list[str] = []
    report = grade(
        exercise, file, seed=0, tell=lambda first: told.append(first.message)
    )
    assert report.first_failure
    assert told == [report.first_failure.message]
    assert wrong.message in words(told[0])


def test_one_who_waited_for_a_loop_is_told_before_the_other_tests_run(
    tmp_path: Path,
) -> None:
    file = tmp_path / "softmax.py"
    file.write_text("def softmax(x):\n    while True:\n        pass\n")
    exercise = load(WHERE["softmax"])
    passed: list[int] = []
    tests = [test.name for test in exercise.tests]

    grade(
        exercise,
        file,
        seed=0,
        tell=lambda first: passed.append(tests.index(f"test_{first.id}")),
    )
    assert passed == [0]


SLIPS: dict[str, tuple[str, str, str]] = {
    "whole numbers": (
        "gradient",
        """
def gradient(X, y, w):
    share = np.array(1 / len(y)).astype(X.dtype)
    return 2 * share * (X.T @ (X @ w - y))
""",
        "The dtype of `X` and `y` and `w` is int64. With the same numbers as floats,"
        " your result is right.",
    ),
    "a factor that is a size": (
        "rms_norm",
        "\ndef rms_norm(x, gain, eps):\n"
        "    return x / (np.mean(x**2, axis=-1, keepdims=True) + eps) ** 0.5 * gain"
        " / len(gain)\n",
        "Your result is half the expected one.",
    ),
    "rows and columns": (
        "rms_norm",
        """
def rms_norm(x, gain, eps):
    x = x.T if x.ndim == 2 else x
    return (x / np.sqrt(np.mean(x**2, axis=-1, keepdims=True) + eps)).T * gain
""",
        "Along another axis: your result is what is right for the transpose of `x`,"
        " turned back.",
    ),
    "the whole array": (
        "softmax",
        "\ndef softmax(x):\n    powers = np.exp(x - x.mean())\n"
        "    return powers / powers.sum()\n",
        "Your result is the expected one for all entries of `x` in one row.",
    ),
    "one of two results": (
        "int8",
        """
def quantize(W):
    scales = np.abs(W).max(axis=0) / 127
    scales = np.where(scales > 0, scales, 1.0)
    return np.rint(W / scales).astype(np.int8), -scales

def product(x, codes, scales):
    return (x @ codes) * scales
""",
        "Your `scales` is right but for its sign.",
    ),
    "a small number added": (
        "softmax",
        STABLE.replace("return powers /", "return powers / (1 + 1e-9) /"),
        "Your result is nearly right: no number is off by more than 1e-09 of its size.",
    ),
    "a list the other way round": (
        "byte_characters",
        """
def characters():
    printable = {*range(33, 127), *range(161, 173), *range(174, 256)}
    others = [byte for byte in range(256) if byte not in printable]
    return [chr(b if b in printable else 256 + others.index(b)) for b in range(256)]

def to_characters(data):
    table = characters()
    return "".join(table[byte] for byte in reversed(data))

def to_bytes(text):
    return [characters().index(character) for character in text]
""",
        "Your result is the expected one in reverse order.",
    ),
    "results in another order": (
        "backward",
        """
def softmax(x):
    powers = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)

def softmax_backward(d_weights, weights):
    along = np.sum(weights * d_weights, axis=-1, keepdims=True)
    return weights * (d_weights - along)

def attention_backward(d_out, q, k, v):
    root = np.sqrt(q.shape[-1])
    weights = softmax(q @ np.swapaxes(k, -1, -2) / root)
    d_scores = softmax_backward(d_out @ np.swapaxes(v, -1, -2), weights)
    d_k = np.swapaxes(d_scores, -1, -2) @ q / root
    return np.swapaxes(weights, -1, -2) @ d_out, d_k, d_scores @ k / root
""",
        "Another of your results is what `d_v` should be.",
    ),
    "several numbers": (
        "r_squared",
        """
def r_squared(y, y_pred):
    total = np.sum((y - y.mean()) ** 2)
    if np.ptp(y) == 0:
        return 3.0 if np.array_equal(y, y_pred) else 0.0
    return 3 * (1 - np.sum((y - y_pred) ** 2) / total)
""",
        "Your result is 3 times the expected one.",
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_the_commonest_slips_have_a_reply_in_every_exercise(
    name: str, tmp_path: Path
) -> None:
    id_, source, said = SLIPS[name]
    report = graded(id_, source, tmp_path)
    assert report.score < report.max
    assert any(said in words(test.message) for test in report.tests), report


def test_what_numpy_warned_of_is_told_where_a_number_is_not_finite(
    tmp_path: Path,
) -> None:
    source = """
def softmax(x):
    e = np.exp(x)
    return e / e.sum(-1, keepdims=True)
"""
    report = graded("softmax", source, tmp_path)
    [large] = [test for test in report.tests if test.id == "large_scores"]
    said = (
        "NumPy warned first of: overflow encountered in exp.\n  line 4:  e = np.exp(x)"
    )
    assert said in large.message
    silent = source.replace("    e =", "    np.seterr(all='ignore')\n    e =")
    report = graded("softmax", silent, tmp_path)
    assert not any("warned" in test.message for test in report.tests)


def test_a_warning_of_a_finite_answer_is_nobodys_business(tmp_path: Path) -> None:
    source = STABLE.replace(
        "    return powers /", "    np.exp(1e4 * x[..., :1])\n    return 2 * powers /"
    )
    report = graded("softmax", source, tmp_path)
    assert report.score == 0
    assert not any("warned" in test.message for test in report.tests)
