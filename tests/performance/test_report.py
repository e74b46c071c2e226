"""The page tells what was measured, and can be read back."""

from tests.performance.report import COLD, Figure, committed_ratio, page


def test_the_committed_ratio_is_read_back_from_the_page() -> None:
    figures = [Figure(COLD, "M instructions", 2_415.0, 3_608.0, "≤ 0.80"), Figure("warm", "CPU µs", 1.0, 2.0)]
    assert committed_ratio(page(figures, "here")) == 0.67


def test_cpu_time_of_another_machine_is_not_compared() -> None:
    assert committed_ratio(page([Figure(COLD, "CPU ms", 1.0, 2.0)], "here")) is None


def test_a_budget_bounds_the_ratio_or_the_figure_itself() -> None:
    assert Figure("slow", "µs", 9.0, 10.0, "≤ 0.80").kept is False
    assert Figure("fast", "requests", 9.0, 10.0, "≥ 0.8").kept
    assert Figure("calls", "calls", 2, budget="≤ 1").kept is False
