"""`pytest exercises/` grades the reference solutions, or a learner's files.

- pytest exercises/                                the reference solutions
- pytest exercises/ --submissions work             work/<id>.py of each exercise
- pytest exercises/algorithms/linear_regression/gradient --submission mine.py
"""

from groundup.grader.plugin import (
    candidates,
    pytest_addoption,
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_generate_tests,
    pytest_pyfunc_call,
    pytest_report_header,
    pytest_runtest_makereport,
    pytest_runtest_protocol,
    pytest_sessionfinish,
    pytest_terminal_summary,
    rng,
    seed,
    sol,
)

__all__ = [
    "candidates",
    "pytest_addoption",
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_generate_tests",
    "pytest_pyfunc_call",
    "pytest_report_header",
    "pytest_runtest_makereport",
    "pytest_runtest_protocol",
    "pytest_sessionfinish",
    "pytest_terminal_summary",
    "rng",
    "seed",
    "sol",
]
