"""Earlier answers beside a question: wrapped lines flow, and what was meant as lines stays lines."""

import pytest

from stagekit.interview.display import recalled
from stagekit.model.portfolio import Portfolio
from stagekit.store.portfolio_folder import PortfolioFolder

LONG = "Things got better each time when the teacher finally"


@pytest.mark.parametrize(
    ("rest", "shown"),
    [
        ("took the first step", " took the first step"),
        ("**took the first step**", " **took the first step**"),
        ("“took it”", " “took it”"),
        ("* took the first step", "\n* took the first step"),
        ("- took the first step", "\n- took the first step"),
        ("1. took the first step", "\n1. took the first step"),
    ],
)
def test_lines_that_were_wrapped_flow_and_lists_stay(course, folder, rest, shown):
    identity = PortfolioFolder(folder).load(course).portfolio.identity
    portfolio = Portfolio(identity, {"visie": {"summary": f"{LONG}\n{rest}"}})
    (line,) = recalled(("visie.summary",), course, portfolio, "en")
    assert line == f"Vision › Summary: {LONG}{shown}"
