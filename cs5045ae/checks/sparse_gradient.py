"""The checks of exercise 06_sparse on the gradient of the KL penalty: task 4."""

import numpy as np

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.check import check
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.sparse import SHOWN, Function
from cs5045ae.checks.sparse_kl import (
    FARTHEST,
    FIRST,
    MOVE,
    NEAREST,
    ONE,
    ORDINARY,
    finite,
)
from cs5045ae.reference import sparse

__all__ = ["check_kl_gradient", "check_kl_gradient_edges"]


@check(task="4")
def check_kl_gradient(kl_gradient: Function, *, rng: np.random.Generator) -> str:
    """Compare the slope of the penalty by every activation."""
    _gradient(kl_gradient, SHOWN, 0.1, shown=True)
    for n, m in [(7, 4), (3, 9), (5, 5)]:
        h = rng.uniform(0.05, 0.95, size=(n, m))
        _gradient(kl_gradient, h, float(rng.uniform(0.05, 0.6)))
    return "nodes that are too busy have a positive slope, nodes that are too calm not"


def _gradient(
    function: Function, h: np.ndarray, rho: float, shown: bool = False
) -> None:
    n, m = h.shape
    rho_hat = h.mean(axis=0)
    want = sparse.kl_gradient(h, rho)
    on, off = -rho / rho_hat, (1 - rho) / (1 - rho_hat)
    call(function, h=h, rho=rho).close(
        want,
        mistakes={
            "This is the slope by rho_hat. Each activation is one of n in the mean: "
            "divide by n.": n * want,
            "The sign is turned: where rho_hat is too large, a smaller activation "
            "helps, so the slope is positive.": -want,
            "The part with 1 - rho is missing.": np.tile(on / n, (n, 1)),
            "The sign of the first part is turned: rho / rho_hat is subtracted.": (
                np.tile((off - on) / n, (n, 1))
            ),
            "The sign of the second part is turned: the slope of -log(1 - rho_hat) is "
            "+1 / (1 - rho_hat).": np.tile((on - off) / n, (n, 1)),
            "The penalty is summed over the nodes: do not divide by their number."
            + (" (Or was it divided by n twice?)" if n == m else ""): want / m,
            "Divide by the number of inputs, n, not by that of the nodes.": want
            * n
            / m,
            "Divide the whole bracket by n, both parts of it.": np.tile(
                off + on / n, (n, 1)
            ),
            "The slope of a logarithm is a fraction: no logarithm is left.": np.tile(
                (np.log((1 - rho) / (1 - rho_hat)) - np.log(rho / rho_hat)) / n, (n, 1)
            ),
            "Each node has a mean of its own; this is one for all.": np.full(
                (n, m), ((1 - rho) / (1 - h.mean()) - rho / h.mean()) / n
            ),
            "Divide by n once: this was divided twice.": want / n,
            "The part with rho is missing: it calls nodes that are too calm.": np.tile(
                off / n, (n, 1)
            ),
            "The slope is that by h itself: multiply it by no activation.": want * h,
            "The slope is that by h itself: the sigmoid in front of it is not part of "
            "it.": want * h * (1 - h),
            "This is the slope of KL(rho_hat || rho): the target comes first.": np.tile(
                (np.log(rho_hat / rho) - np.log((1 - rho_hat) / (1 - rho))) / n, (n, 1)
            ),
            "The slope looks at rho_hat only, so it is the same for all inputs: "
            + FIRST: ((1 - rho) / (1 - h) - rho / h) / n,
            "This is the slope by each activation of its own divergence: " + FIRST: (
                1 - rho
            )
            / (1 - h)
            - rho / h,
        },
        hint="((1 - rho) / (1 - rho_hat) - rho / rho_hat) / n for every input.",
        shown=shown,
        shapes={
            (m,): "This is one number for each node. The slope by every activation is "
            "due, (n, code_size): the same row n times, with the 1/n of the mean.",
            (1, m): "One row for each input is due: the same row n times.",
            (): "One slope for each activation is due.",
        },
    )


@check(task="4")
def check_kl_gradient_edges(kl_gradient: Function, *, rng: np.random.Generator) -> str:
    """Dead and saturated nodes, targets 0 and 1, one input, float32."""
    for n, m in [(6, 4), (1, 3)]:
        h = rng.uniform(0.2, 0.8, size=(n, m))
        call(kl_gradient, h=h, rho=0.3).close(
            sparse.kl_gradient(h, 0.3), hint=ORDINARY if n > 1 else ONE
        )
        for level in (0.0, 1.0):
            for rho in (0.1, float(rng.uniform(0.2, 0.9)), level):
                _edge_slope(
                    kl_gradient, np.column_stack([h, np.full(n, level)]), rho, level
                )
        for rho in (0.0, 1.0):
            call(kl_gradient, h=h, rho=rho).close(
                sparse.kl_gradient(h, rho),
                hint="The formula holds for rho = 0 and 1 too: one part is 0 then.",
            )
    h = rng.uniform(0.1, 0.9, size=(9, 5)).astype(np.float32)
    call(kl_gradient, h=h, rho=0.25).close(
        sparse.kl_gradient(h, 0.25), hint="float32 activations are fine as they are."
    )
    return "a dead node is called back, a saturated one held back, without infinities"


def _edge_slope(function: Function, h: np.ndarray, rho: float, level: float) -> None:
    """Look at the slope of a code whose last node is always at 0 or always at 1."""
    answer = call(function, h=h, rho=rho)
    told = f"In {answer.told}, whose last node is always {level:g}, the slope is"
    found = finite(Answer(answer.value, told, answer.told), h.shape, MOVE)
    Answer(found[:, :-1], f"{answer.subject}, for the other nodes,", "").close(
        sparse.kl_gradient(h[:, :-1], rho),
        hint="A dead or saturated node must not change the slopes of the others.",
    )
    q = np.abs(level - np.array([FARTHEST, NEAREST]))
    small, large = ((1 - rho) / (1 - q) - rho / q) / len(h)
    last, way = found[:, -1], "below" if level == 0 else "above"
    if (np.sign(last) != np.sign(small)).any() and rho != level:
        raise CheckFailed(
            f"{told} {last[0]:.4g} at that node, not {way} 0.",
            f"Its slope is that at a mean of {'1e-7' if level == 0 else '1 - 1e-7'}: "
            "large, so that gradient descent calls the node back. With 0 it would stay "
            "there for ever.",
        )
    ratio = last / small
    if not ((ratio > 0.99) & (ratio < 1.01 * large / small)).all():
        raise CheckFailed(
            f"{told} {last[0]:.4g} at that node, which is too "
            f"{'large' if ratio[0] > 1 else 'small'}.",
            MOVE + " Then use the formula, with its 1/n.",
        )
