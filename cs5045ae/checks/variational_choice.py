"""The checks of exercise 09_variational on the choice of beta: task 6."""

import numpy as np

from cs5045ae.checks.answer import call
from cs5045ae.checks.check import check
from cs5045ae.checks.variational import Function
from cs5045ae.reference import variational

__all__ = ["check_choose_beta", "check_choose_beta_edges"]

BETAS = [0.1, 0.3, 1.0, 3.0, 10.0]
ERRORS = [88.0, 92.0, 95.0, 133.0, 186.0]
NATS = [62.0, 39.0, 24.0, 9.0, 1.0]


@check(task="6")
def check_choose_beta(choose_beta: Function, *, rng: np.random.Generator) -> str:
    """Take the lowest reconstruction among the betas that keep to the budget."""
    _choice(choose_beta, BETAS, ERRORS, NATS, 30.0, shown=True)
    order = rng.permutation(5)
    tried, errors, nats = ([a[i] for i in order] for a in (BETAS, ERRORS, NATS))
    _choice(choose_beta, tried, errors, nats, 40.0)
    _choice(choose_beta, tried, errors, nats, 10.0)
    # Measured curves are not smooth: the smallest beta that fits is not the best.
    _choice(choose_beta, [0.5, 1.0, 2.0, 4.0], [99.0, 96.6, 96.9, 120.0],
            [25.0, 24.0, 15.0, 8.0], 25.5)  # fmt: skip
    for scale in (1.0, 1.0, 1.0, 1.0, 1e-2, 1e4):
        betas = rng.permutation(0.5 * 2.0 ** np.arange(6)).tolist()
        errors = (scale * (90 + 20 * rng.random(6))).tolist()
        nats = (scale * 30 * rng.random(6)).tolist()
        _choice(choose_beta, betas, errors, nats, sorted(nats)[3] + 0.01 * scale)
    return "your rule takes the best reconstruction that the budget allows"


@check(task="6")
def check_choose_beta_edges(choose_beta: Function, *, rng: np.random.Generator) -> str:
    """Try a KL at the budget, equal errors, and a budget that none keeps to."""
    _choice(choose_beta, BETAS, ERRORS, NATS, 24.0)
    _choice(choose_beta, [2.0, 0.5, 1.0, 4.0], [95.0, 95.0, 97.0, 99.0],
            [20.0, 22.0, 12.0, 6.0], 25.0)  # fmt: skip
    # The largest of equal ones is neither first nor last, nor the one of least KL.
    _choice(choose_beta, [0.5, 2.0, 1.0, 4.0], [95.0, 95.0, 95.0, 99.0],
            [20.0, 22.0, 18.0, 6.0], 25.0)  # fmt: skip
    _choice(choose_beta, [1.0, 2.0, 4.0], [95.0, 104.0, 120.0], [24.0, 8.5, 9.0], 5.0)
    _choice(choose_beta, [1.0, 4.0, 2.0], [95.0, 120.0, 104.0], [24.0, 9.0, 8.5], 5.0)
    # Near to the budget, and near to one another, are not the same as equal.
    _choice(choose_beta, [0.5, 1.0], [90.0, 95.0], [25.03, 20.0], 25.0)
    _choice(choose_beta, [0.5, 1.0], [95.0, 95.02], [22.0, 20.0], 25.0)
    large = [2.4e5, 9e4, 8.5e4]  # nothing may start from a number like 1000
    _choice(choose_beta, [1.0, 4.0, 2.0], [95.0, 120.0, 104.0], large, 5.0)
    _choice(choose_beta, [2.0, 0.0, 0.5], [99.0, 90.0, 95.0], [5.0, 20.0, 12.0], 25.0)
    only = float(rng.uniform(0.5, 4))
    _choice(choose_beta, [only], [90.0], [20.0], 25.0)
    _choice(choose_beta, [only], [90.0], [20.0], 15.0)
    return "a KL at the budget, equal errors and an impossible budget are settled too"


def _choice(
    function: Function,
    betas: list[float],
    errors: list[float],
    nats: list[float],
    budget: float,
    shown: bool = False,
) -> None:
    want = variational.choose_beta(betas, errors, nats, budget)
    tried = list(zip(betas, errors, nats, strict=True))
    fit = [one for one in tried if one[2] <= budget]
    strict = [one for one in tried if one[2] < budget]
    none = "If none keeps to the budget, the one with the smallest KL is due, "
    wrong = {
        "A beta of 0 is a beta like any other: do not take it for none.": (
            betas[nats.index(min(nats))] if want == 0 else np.inf
        ),
        "A KL equal to the budget keeps to it: `<=`.": min(
            strict, key=lambda one: (one[1], -one[0]), default=(np.inf,)
        )[0],
        none + "not the smallest beta.": min(betas) if not fit else np.inf,
        none + "not the largest beta.": max(betas) if not fit else np.inf,
        "Of several equal reconstructions, the largest beta is due.": min(
            (one for one in fit), key=lambda one: (one[1], one[0]), default=(np.inf,)
        )[0],
        "This is the lowest reconstruction of all; first leave out what does not "
        "keep to the budget.": min(tried, key=lambda one: one[1])[0],
        "This is the smallest beta within the budget: measured curves are not smooth, "
        "so compare the reconstructions.": min((one[0] for one in fit), default=np.inf),
        "This is the largest beta that was tried.": max(betas),
        "This is the smallest sum of both curves; the rule is another one.": min(
            tried, key=lambda one: one[1] + one[2]
        )[0],
        "Return the beta, not its place in the list.": float(betas.index(want)),
        "Return the beta, not its reconstruction.": errors[betas.index(want)],
    }
    answer = call(function, betas=betas, reconstruction=errors, kl=nats, budget=budget)
    sentence = {
        text: value for text, value in wrong.items() if value not in (want, np.inf)
    }
    answer.close(
        want,
        mistakes=sentence,
        hint="Of the betas with kl <= budget take the one with the lowest "
        "reconstruction; the lists are in any order."
        if fit
        else none + "and its beta is returned.",
        shown=shown,
    )
