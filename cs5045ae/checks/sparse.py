"""The checks of exercise 06_sparse on activity and on L1: tasks 1, 2 and 5."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cs5045ae.checks.answer import call
from cs5045ae.checks.check import check
from cs5045ae.checks.sparse_l1 import wrong_penalties
from cs5045ae.reference import sparse

__all__ = [
    "check_active_shares",
    "check_active_shares_edges",
    "check_l1_batch",
    "check_l1_penalty",
    "check_mean_activity",
    "check_mean_activity_edges",
]

Function = Callable[..., Any]

SHOWN = np.array([[0.1, 0.9], [0.3, 0.5]])
NODES = "rho_hat has one number for each node: the mean over the inputs, axis 0."


@check(task="1")
def check_mean_activity(mean_activity: Function, *, rng: np.random.Generator) -> str:
    """One mean a node, over the inputs."""
    _activity(mean_activity, SHOWN, shown=True)
    # The last shape twice: nothing may be kept from the call before.
    for n, m in [(7, 4), (3, 9), (5, 5), (5, 5)]:
        _activity(mean_activity, rng.uniform(size=(n, m)))
    return "every node has its mean over the inputs"


@check(task="1")
def check_mean_activity_edges(
    mean_activity: Function, *, rng: np.random.Generator
) -> str:
    """Try a batch of one, one node, silent nodes, mixed signs and float32."""
    for h in (
        rng.uniform(size=(1, 6)),
        rng.uniform(size=(6, 1)),
        np.zeros((4, 3)),
        rng.normal(size=(8, 5)) * [0, 1, 10, -3, 1000],
        rng.uniform(size=(9, 4)).astype(np.float32),
        # Silent inputs count like all others, as in the codes of ReLU nodes.
        np.maximum(rng.normal(size=(9, 5)), 0),
    ):
        _activity(mean_activity, h)
    return "it also holds for one input, one node, silent nodes and any sign"


def _activity(function: Function, h: np.ndarray, shown: bool = False) -> None:
    n, m = h.shape
    each = h.astype(np.float64)
    want = sparse.mean_activity(each)
    call(function, h=h).close(
        want,
        mistakes={
            "Divide by the number of inputs: this is the sum."
            + (" (Or is it divided by n - 1? By n is due.)" if n == 2 else ""): (
                each.sum(axis=0)
            ),
            "This is one mean for all nodes together. " + NODES: np.full(
                m, each.mean()
            ),
            "This is the mean over the nodes of each input. " + NODES: (
                each.mean(axis=1) if n == m else np.full(m, np.nan)
            ),
            "Negative activations count as they are: no absolute values.": np.abs(
                each
            ).mean(axis=0),
            "This is the share of inputs with an activation that is not 0; the mean of "
            "the activations is due.": (each != 0).mean(axis=0),
            "Divide by the number of ALL inputs, not of those that are not 0.": (
                each.sum(axis=0) / np.maximum((each != 0).sum(axis=0), 1)
            ),
            "Divide by the number of inputs, not of nodes.": each.sum(axis=0) / m,
            "Negative activations count as they are: no ReLU.": np.maximum(
                each, 0
            ).mean(axis=0),
            "This is the median; the mean is due.": np.median(each, axis=0),
            "Divide by n, not by n - 1.": each.sum(axis=0) / max(n - 1, 1),
        },
        hint=NODES,
        shown=shown,
        shapes={
            (): NODES,
            (n,): "These are the means of each input, over its nodes. " + NODES,
            (n, m): NODES,
            (1, m): "One axis is due: leave `keepdims` out.",
        },
    )


@check(task="2")
def check_active_shares(active_shares: Function, *, rng: np.random.Generator) -> str:
    """Both shares, for codes of either sign."""
    h = np.array([[0.0, 0.9, -0.4, 0.1], [0.0, 0.3, 0.0, 0.0]])
    _shares(active_shares, h, 0.2, shown=True)
    for n, m in [(7, 4), (3, 10), (6, 6)]:
        _shares(active_shares, rng.normal(size=(n, m)), float(rng.uniform(0.5, 0.9)))
    return "each input has its share of active nodes, and each node its share of inputs"


@check(task="2")
def check_active_shares_edges(
    active_shares: Function, *, rng: np.random.Generator
) -> str:
    """Threshold 0, activations at the threshold, one input, silence, float32."""
    h = rng.normal(size=(6, 5))
    h[rng.random(h.shape) < 0.5] = 0.0
    h[:, 2] = 0.0
    _shares(active_shares, h, 0.0)
    at = rng.choice([-0.5, -0.25, 0.0, 0.25, 0.5, 0.75], size=(9, 4))
    at[0] = [0.25, -0.25, 0.5, 0.75]
    _shares(active_shares, at, 0.25)
    _shares(active_shares, at.astype(np.float32), 0.5)
    _shares(active_shares, rng.normal(size=(1, 7)), 0.75)
    _shares(active_shares, np.zeros((3, 4)), 0.0)
    _shares(active_shares, 1e-9 * h, 0.0)
    _shares(active_shares, np.ones((4, 3)), 0.5)
    return "it also holds for threshold 0, at the threshold, for one input and silence"


def _shares(
    function: Function, h: np.ndarray, threshold: float, shown: bool = False
) -> None:
    n, m = h.shape
    each = h.astype(np.float64)
    answer = call(function, h=h, threshold=threshold)
    wrong = {
        "A node with a large negative activation is active too: compare the absolute "
        "values.": each > threshold,
        "At the threshold a node is not active yet: larger, not larger or equal.": (
            np.abs(each) >= threshold
        ),
        "These are the shares of nodes that are NOT active.": (
            np.abs(each) <= threshold
        ),
        "Use the threshold that is given.": each != 0,
        "Compare the magnitude itself with the threshold, not its square.": (
            each**2 > threshold
        ),
        "Negative activations alone are counted here; either sign may be active.": (
            each < -threshold
        ),
        "Small activations count, too: add nothing to the threshold.": (
            np.abs(each) > threshold + 1e-3
        ),
    }
    parts = answer.parts("population", "lifetime")
    for part, axis in zip(parts, (1, 0), strict=True):
        want = sparse.active_shares(each, threshold)[1 - axis]
        due, other = want.shape[0], (n if axis == 0 else m)
        turned = (
            "The order is population (one number for each input), lifetime (one for "
            "each node)."
        )
        part.close(
            want,
            mistakes={
                **{told: mask.mean(axis=axis) for told, mask in wrong.items()},
                "Shares are due, from 0 to 1, not counts.": want * h.shape[axis],
                "Shares are due, from 0 to 1, not per cent.": 100 * want,
                "Divide by the number of "
                f"{'inputs' if axis == 0 else 'nodes'}, axis {axis}, not by that of "
                f"the {'nodes' if axis == 0 else 'inputs'}.": want
                * h.shape[axis]
                / h.shape[1 - axis],
                "These are mean activations; count the active ones instead.": np.abs(
                    each
                ).mean(axis=axis),
                turned: sparse.active_shares(each, threshold)[axis]
                if n == m
                else np.full(due, np.nan),
                "One share for each is due, not one for all.": np.full(
                    due, want.mean()
                ),
            },
            hint=f"The mean of `np.abs(h) > threshold` over axis {axis}.",
            shown=shown,
            shapes={
                (n, 1): "One axis is due: leave `keepdims` out.",
                (1, m): "One axis is due: leave `keepdims` out.",
                (n if axis == 0 else m,): turned,
                (): f"One number for each {'node' if axis == 0 else 'input'} is due.",
                (n, m): "Take the mean over one axis.",
            }
            if other != due
            else {},
        )


@check(task="5")
def check_l1_penalty(l1_penalty: Function, *, rng: np.random.Generator) -> str:
    """Compare the penalty of each input, and that of the batch."""
    _l1(l1_penalty, np.array([[1.0, -3, 0], [0, 0.5, -1]]), 0.25, shown=True)
    for n, m in [(7, 4), (3, 10), (5, 5)]:
        _l1(l1_penalty, rng.normal(size=(n, m)), float(rng.uniform(0.1, 0.6)))
    return "each input pays for its own nodes, and the batch pays their mean"


@check(task="5")
def check_l1_batch(l1_penalty: Function, *, rng: np.random.Generator) -> str:
    """Try the same inputs twice, a batch of one, silence, small and large weights."""
    h = rng.normal(size=(5, 6))
    for codes in (h, np.concatenate([h, h]), h[:1], np.zeros((4, 3)), 100 * h):
        _l1(l1_penalty, codes, 0.25)
    _l1(l1_penalty, h, 0.0)
    _l1(l1_penalty, 1e4 * h, 1e-4)
    _l1(l1_penalty, rng.normal(size=(6, 4)).astype(np.float32), 2.0)
    return "the same inputs cost the same in a batch of 5 and of 10, and in one of 1"


def _l1(function: Function, h: np.ndarray, lam: float, shown: bool = False) -> None:
    n, m = h.shape
    want, batch = sparse.l1_penalty(h, lam)
    of_each, of_batch = wrong_penalties(h, lam)
    each, total = call(function, h=h, lam=lam).parts("each", "batch")
    each.close(
        want,
        mistakes=of_each,
        hint="lam times the sum of the absolute activations of each input.",
        shown=shown,
        shapes={
            (): "One number for each input comes first; that of the batch second.",
            (n, 1): "One axis is due: leave `keepdims` out.",
            (n, m): "Sum over the nodes of each input: axis 1.",
        }
        | (
            {(m,): "These are sums over the inputs; sum over the nodes: axis 1."}
            if n != m
            else {}
        ),
    )
    total.close(
        batch,
        mistakes=of_batch,
        hint="The penalty of the batch is the mean of `each`.",
        shown=shown,
        shapes={(n,): "One number for the whole batch is due: the mean of `each`."},
    )
