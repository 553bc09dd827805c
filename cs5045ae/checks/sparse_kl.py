"""The checks of exercise 06_sparse on the KL penalty: task 3."""

import numpy as np
from scipy.special import rel_entr

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.check import check
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.sparse import SHOWN, Function
from cs5045ae.reference import sparse

__all__ = [
    "FARTHEST",
    "FIRST",
    "MOVE",
    "NEAREST",
    "ONE",
    "ORDINARY",
    "check_kl_penalty",
    "check_kl_penalty_edges",
    "finite",
]

NEAREST, FARTHEST = 1e-12, 1e-6
"""How near to 0 and 1 a mean activity may be moved: the task says 1e-7."""

FIRST = (
    "First average each node over the inputs, then take the divergence: it is the MEAN "
    "that should be rho, not each single activation."
)
HALVES = "A node is on or off: add the part with 1 - rho. A KL is never below 0."
MOVE = (
    "Move the means into [1e-7, 1 - 1e-7] with `np.clip` before you divide or take a "
    "logarithm."
)


@check(task="3")
def check_kl_penalty(kl_penalty: Function, *, rng: np.random.Generator) -> str:
    """Zero where the means are right, and the sum of both halves elsewhere."""
    _penalty(kl_penalty, SHOWN, 0.1, shown=True)
    for n, m in [(8, 3), (4, 6)]:
        rho = float(rng.uniform(0.2, 0.6))
        spread = rng.uniform(0.05, 0.15, size=(n // 2, m))
        h = np.concatenate([rho + spread, rho - spread])
        rng.permuted(h, axis=0, out=h)
        call(kl_penalty, h=h, rho=rho).close(
            0.0,
            mistakes={FIRST: _of_each(h, rho).mean(axis=0).sum()},
            hint="Every node has the mean activity rho here, so nothing is to pay: the "
            "mean is that over the inputs, and rho the one that is given.",
        )
    for n, m in [(7, 4), (3, 9), (5, 5)]:
        _penalty(kl_penalty, rng.uniform(0.05, 0.95, size=(n, m)), rng.uniform(0.02, 1))
        _penalty(kl_penalty, rng.uniform(0.3, 0.9, size=(n, m)), rng.uniform(0.02, 0.1))
    return "it is 0 where every mean is rho, and both halves count elsewhere"


def _of_each(h: np.ndarray, rho: float) -> np.ndarray:
    """Return the divergence of every number from rho, whatever its place."""
    return np.asarray(rel_entr(rho, h) + rel_entr(1 - rho, 1 - h), dtype=np.float64)


def _penalty(
    function: Function, h: np.ndarray, rho: float, shown: bool = False
) -> None:
    h, rho = h.astype(np.float64), float(rho)
    n, m = h.shape
    rho_hat = h.mean(axis=0)
    want = sparse.kl_penalty(h, rho)
    half = float(rel_entr(rho, rho_hat).sum())
    answer = call(function, h=h, rho=rho)
    number = float(
        answer.array(
            (),
            shapes={
                (n,): "Average over the inputs (axis 0), then sum over the nodes.",
                (m,): "These are the penalties of the nodes: sum them.",
                (n, m): FIRST,
            },
        )
    )
    if number < -1e-6 and not np.isclose(number, -want, rtol=1e-4):
        raise CheckFailed(f"{answer.subject} {number:.6g}, which is below 0.", HALVES)
    of_each = _of_each(h, rho)
    over_nodes = _of_each(h.mean(axis=1), rho).sum()
    answer.close(
        want,
        mistakes={
            HALVES: half,
            "The sign is turned: the penalty is added to the loss.": -want,
            "Sum over the nodes; this is their mean."
            + (" (Or was it divided by the number of inputs?)" if n == m else ""): (
                want / m
            ),
            "Do not divide by the number of inputs: their mean is in rho_hat.": want
            / n,
            FIRST: of_each.mean(axis=0).sum(),
            FIRST + " (And sum over the nodes.)": of_each.mean(),
            FIRST + " (Here all are summed.)": of_each.sum(),
            "Average over the inputs; this takes their sum for rho_hat.": _of_each(
                np.clip(h.sum(axis=0), 1e-7, 1 - 1e-7), rho
            ).sum(),
            "Average over the inputs (axis 0): this averages over the nodes.": (
                over_nodes
            ),
            "Average each node for itself: this is one mean for all.": float(
                _of_each(h.mean(keepdims=True), rho).sum()
            ),
            "One mean for all nodes is not enough: each node has its own.": m
            * float(_of_each(h.mean(keepdims=True), rho).sum()),
            "This is KL(rho_hat || rho): the target comes first, and weighs the "
            "logarithms.": float(
                (rel_entr(rho_hat, rho) + rel_entr(1 - rho_hat, 1 - rho)).sum()
            ),
            "Natural logarithms are due: `np.log`.": want / np.log(2),
            "Natural logarithms are due, not those to base 10: `np.log`.": want
            / np.log(10),
            "Each half has a weight: rho for the first logarithm, 1 - rho for the "
            "second.": float(
                (np.log(rho / rho_hat) + np.log((1 - rho) / (1 - rho_hat))).sum()
            ),
            "Sum over the nodes; this is the largest of them.": float(
                (rel_entr(rho, rho_hat) + rel_entr(1 - rho, 1 - rho_hat)).max()
            ),
            "This is the mean of both directions; KL(rho || rho_hat) alone is due.": (
                want / 2
                + float((rel_entr(rho_hat, rho) + rel_entr(1 - rho_hat, 1 - rho)).sum())
                / 2
            ),
            "This is the squared distance from rho.": float(
                ((rho_hat - rho) ** 2).sum()
            ),
            "This is the cross-entropy of rho and rho_hat: the terms rho log rho and "
            "(1 - rho) log(1 - rho) are missing.": float(
                -(rho * np.log(rho_hat) + (1 - rho) * np.log(1 - rho_hat)).sum()
            ),
        },
        hint="Sum over the nodes of rho log(rho / rho_hat) + (1 - rho) "
        "log((1 - rho) / (1 - rho_hat)).",
        shown=shown,
    )


@check(task="3")
def check_kl_penalty_edges(kl_penalty: Function, *, rng: np.random.Generator) -> str:
    """Dead and saturated nodes, targets 0 and 1, one input, float32."""
    for n, m in [(6, 4), (1, 3)]:
        h = rng.uniform(0.2, 0.8, size=(n, m))
        call(kl_penalty, h=h, rho=0.3).close(
            sparse.kl_penalty(h, 0.3), hint=ORDINARY if n > 1 else ONE
        )
        for level in (0.0, 1.0):
            for rho in (0.1, float(rng.uniform(0.2, 0.9)), level):
                _edge(kl_penalty, np.column_stack([h, np.full(n, level)]), rho, level)
        for rho in (0.0, 1.0):
            answer = call(kl_penalty, h=h, rho=rho)
            finite(answer, (), _of_target(rho))
            answer.close(sparse.kl_penalty(h, rho), hint=_of_target(rho))
    h = rng.uniform(size=(9, 5)).astype(np.float32)
    call(kl_penalty, h=h, rho=0.25).close(
        sparse.kl_penalty(h, 0.25), hint="float32 activations are fine as they are."
    )
    return "dead and saturated nodes cost much but not infinitely, targets 0 and 1 work"


ORDINARY = (
    "No node is dead or saturated here: first make the check above this one pass."
)
ONE = "A batch may hold a single input: its activations are the means."


def _of_target(rho: float) -> str:
    if rho in (0.0, 1.0):
        return (
            "0 log 0 is 0 here: with rho = 0 only -log(1 - rho_hat) is left, with rho "
            "= 1 only -log(rho_hat)."
        )
    return MOVE


def _edge(function: Function, h: np.ndarray, rho: float, level: float) -> None:
    """Look at a code whose last node is always at 0 or always at 1."""
    answer = call(function, h=h, rho=rho)
    told = f"{answer.told}, whose last node is always {level:g}, returned"
    hint = _of_target(rho)
    found = float(finite(Answer(answer.value, told, answer.told), (), hint))
    rest = sparse.kl_penalty(h[:, :-1], rho)
    low, high = (
        float(_of_each(np.array(abs(level - eps)), rho)) for eps in (FARTHEST, NEAREST)
    )
    low, high = min(low, high), max(low, high)
    slack = 1e-5 * max(1.0, rest + high)
    if not rest + low - slack <= found <= rest + high + slack:
        raise CheckFailed(
            f"{told} {found:.6g}: too {'little' if found < rest + low else 'much'}.",
            hint,
        )


def finite(answer: Answer, shape: tuple[int, ...], hint: str) -> np.ndarray:
    """Return the array of an answer, with a hint of its own if it is not finite."""
    values = answer.numbers()
    if not np.isfinite(values).all():
        kind = "NaN" if np.isnan(values).any() else "infinity"
        raise CheckFailed(f"{answer.subject} {kind}.", hint)
    return answer.array(shape)
