"""The checks of exercise 06_sparse on codes with k active nodes: task 6."""

import numpy as np

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.check import check
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.sparse import Function
from cs5045ae.reference import sparse

__all__ = [
    "check_k_sparse",
    "check_k_sparse_backward",
    "check_k_sparse_backward_edges",
    "check_k_sparse_edges",
]

ROWS = "Choose the k largest in each ROW: every input keeps k nodes of its own."
VALUES = "The largest VALUES are kept, not the largest magnitudes: -1 goes before -3."
TIES = (
    "Of equal values those further left are kept, and exactly k in all. "
    '`np.argsort(-h, axis=1, kind="stable")` has that order.'
)
NEAR = (
    "Nodes are compared by h as it is: what is rounded, or added to break ties, turns "
    'the order of nearly equal values. `np.argsort(-h, axis=1, kind="stable")` needs '
    "no such help."
)

SHOWN = np.array([[0.1, 0.9, 0.4, 0.7], [-0.5, 0.2, -0.6, -0.3]])
SHOWN_G = np.array([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]])


@check(task="6")
def check_k_sparse(k_sparse: Function, *, rng: np.random.Generator) -> str:
    """Keep k a row by value, as they are, with zeros everywhere else."""
    _code(k_sparse, SHOWN, 2, shown=True)
    for n, m, k in [(7, 5, 2), (3, 9, 4), (6, 6, 3), (4, 12, 1)]:
        _code(k_sparse, rng.normal(size=(n, m)), k)
        _code(k_sparse, rng.uniform(0.1, 1, size=(n, m)), k)
    return "every row keeps its k largest values, and no more"


@check(task="6")
def check_k_sparse_edges(k_sparse: Function, *, rng: np.random.Generator) -> str:
    """Try equal values, k = 1, k = all, negative rows, one input and float32."""
    h = rng.normal(size=(5, 7))
    _code(k_sparse, h, 1)
    _code(k_sparse, h, 7, "With k = code_size nothing is set to 0.")
    _code(k_sparse, h[:1], 3)
    _code(k_sparse, -np.abs(h) - 0.1, 3)
    _code(k_sparse, 1e6 * h, 2)
    _code(k_sparse, h.astype(np.float32), 4)
    for row in ([0.5, 0.2, 0.5, 0.2, 0.5], [0.0] * 5, [0.3, -0.1, -0.1, 0.3, -0.1]):
        for k in (1, 2, 3, 4, 5):
            _code(k_sparse, np.array([row, rng.permutation(row)]), k, TIES)
    _code(k_sparse, rng.choice([-1.0, 0.0, 2.0], size=(8, 6)), 3, TIES)
    # Few numbers are sorted in a stable way whatever was asked for; many are not.
    for k in (30, 150):
        _code(k_sparse, rng.choice([-1.0, 0.0, 2.0], size=(3, 200)), k, TIES)
    # Apart in float32, but less than what might be added to break ties.
    near = 1e-5 * (1 + 5e-7 * rng.permuted(np.tile(np.arange(7.0), (6, 1)), axis=1))
    _code(k_sparse, near, 3, NEAR)
    return "it also holds for equal values, k = 1, k = all and negative rows"


def _code(
    function: Function, h: np.ndarray, k: int, hint: str = "", shown: bool = False
) -> None:
    answer = call(function, h=h, k=k)
    n, m = h.shape
    want = sparse.k_sparse(h, k)
    made = answer.array(
        (n, m),
        shapes={
            (n, k): "The code keeps its shape: the other nodes are set to 0, not left "
            "out.",
            (n,): ROWS,
        },
    )
    each = h.astype(np.float64)
    if hint not in (TIES, NEAR):
        _count(answer, made, k)
    answer.close(
        want,
        mistakes={told: mask * each for told, mask in _wrong_masks(each, k).items()}
        | {
            "The kept values stay as they are; this is a mask of zeros and ones.": (
                _largest(each, k).astype(np.float64)
            ),
            "The kept values stay as they are, negative ones too: no `abs`.": (
                np.abs(want)
            ),
            "The kept values stay as they are, negative ones too: no ReLU.": np.maximum(
                want, 0
            ),
            "Nodes that are kept stay where they are; these are sorted.": -np.sort(
                -want
            ),
            "The k largest are kept and the others set to 0; here it is the other way "
            "round.": each - want,
        }
        if hint != NEAR
        else {},
        hint=hint or "Nodes that are kept have their value from h, all others 0.",
        shown=shown,
    )


def _count(answer: Answer, made: np.ndarray, k: int) -> None:
    """Complain of rows that keep more than k nodes."""
    counts = (made != 0).sum(axis=1)
    if counts.max() <= k:
        return
    row, more = int(counts.argmax()), int(counts.max()) - k
    raise CheckFailed(
        f"{answer.subject} a code with {counts[row]} nodes in row {row} that are not "
        f"0, for k = {k}.",
        "Nothing was set to 0. Keep the k largest of each row, in use as in training. "
        "(`z[:, indices]` means these columns in ALL rows; `np.put_along_axis` goes "
        "row by row.)"
        if (counts == made.shape[1]).all()
        else "Keep k in each row: here it is one more."
        if more == 1 and (counts == k + 1).all()
        else ROWS,
    )


def _largest(score: np.ndarray, k: int) -> np.ndarray:
    """Return a mask that is true at the k largest scores of each row."""
    order = np.argsort(-score, axis=1, kind="stable").argsort(axis=1)
    return np.asarray(order < k)


def _wrong_masks(h: np.ndarray, k: int) -> dict[str, np.ndarray]:
    """Return what other nodes might be kept, and what to say of it."""
    n, m = h.shape
    whole = _largest(h.reshape(1, -1), k)
    whole_n = _largest(h.reshape(1, -1), n * k)
    columns = _largest(h.T, k).T if k < n else np.zeros((n, m), dtype=bool)
    return {
        VALUES: _largest(np.abs(h), k),
        "These are the smallest values; the largest are kept.": _largest(-h, k),
        "These are the k largest of the whole batch. " + ROWS: whole.reshape(n, m),
        "These are the n times k largest of the whole batch. " + ROWS: (
            whole_n.reshape(n, m)
        ),
        "These are the k largest of each column. " + ROWS: columns,
        "One more than k is kept.": _largest(h, k + 1),
        "One less than k is kept.": _largest(h, k - 1),
        TIES: h >= np.sort(h, axis=1)[:, [-k]],
        TIES + " (Here the ones further right are kept.)": _largest(h[:, ::-1], k)[
            :, ::-1
        ],
    }


@check(task="6")
def check_k_sparse_backward(
    k_sparse_backward: Function, *, rng: np.random.Generator
) -> str:
    """Let the gradient of kept nodes through, and nothing else."""
    _back(k_sparse_backward, SHOWN, 2, SHOWN_G, shown=True)
    for n, m, k in [(7, 5, 2), (3, 9, 4), (6, 6, 3), (4, 12, 1)]:
        _back(k_sparse_backward, rng.normal(size=(n, m)), k, rng.normal(size=(n, m)))
    return "kept nodes hand the gradient on as it is, the others hand on nothing"


@check(task="6")
def check_k_sparse_backward_edges(
    k_sparse_backward: Function, *, rng: np.random.Generator
) -> str:
    """Try kept nodes that are 0, equal values, k = 1, k = all, one input, float32."""
    h, g = rng.normal(size=(2, 5, 7))
    _back(k_sparse_backward, h, 1, g)
    _back(k_sparse_backward, h, 7, g)
    _back(k_sparse_backward, h[:1], 3, g[:1])
    _back(k_sparse_backward, 1e3 * h, 2, np.zeros((5, 7)))
    _back(k_sparse_backward, h.astype(np.float32), 4, g.astype(np.float32))
    kept = -np.abs(h)
    kept[:, 3] = 0.0
    _back(k_sparse_backward, kept, 2, g, hint=ZERO)
    _back(k_sparse_backward, np.zeros((4, 6)), 2, rng.normal(size=(4, 6)), hint=ZERO)
    _back(k_sparse_backward, 1e-12 * h, 3, g, hint=NEAR)
    many = rng.choice([-1.0, 0.0, 2.0], size=(3, 200))
    _back(k_sparse_backward, many, 80, rng.normal(size=(3, 200)), hint=TIES)
    for k in (1, 2, 3, 4, 5):
        equal = np.array([[0.5, 0.2, 0.5, 0.2, 0.5], [-0.1, 0.3, 0.3, -0.1, -0.1]])
        _back(k_sparse_backward, equal, k, rng.normal(size=(2, 5)), hint=TIES)
    return (
        "it also holds for kept nodes that are 0, for equal values, k = 1 and k = all"
    )


ZERO = (
    "A node that is kept hands its gradient on even if its value is 0: ask which nodes "
    "were kept, not which are different from 0. " + TIES
)


def _back(
    function: Function,
    h: np.ndarray,
    k: int,
    g: np.ndarray,
    hint: str = "",
    shown: bool = False,
) -> None:
    each, slope = h.astype(np.float64), g.astype(np.float64)
    kept = _largest(each, k)
    call(function, h=h, k=k, g=g).close(
        sparse.k_sparse_backward(h, k, g),
        mistakes={ZERO: ((kept & (each != 0)) * slope)}
        | {told: mask * slope for told, mask in _wrong_masks(each, k).items()}
        | {
            "This is k_sparse(h, k) itself; its gradient is due.": kept * each,
            "Kept nodes are handed on as they are, so their slope is 1: g, not g times "
            "h.": kept * each * slope,
            "Only the kept nodes reach the loss: the gradient of all others is 0.": (
                slope
            ),
            "The nodes are chosen by h, not by the gradient.": _largest(slope, k)
            * slope,
            "The chain rule multiplies with g: this is the mask alone.": 1.0 * kept,
            "The gradient is 0 for the nodes that are NOT kept.": ~kept * slope,
            "The gradient is not divided by the number of inputs, nor by k.": kept
            * slope
            / len(h),
            "The gradient is not divided by k, nor by the number of inputs.": kept
            * slope
            / k,
            "The sign is turned: the slope of a kept node is 1.": kept * -slope,
            "Kept nodes have the slope 1, negative ones too: no ReLU.": (
                kept & (each > 0)
            )
            * slope,
        },
        hint=hint or "g where a node is among the k largest of its row, 0 elsewhere.",
        shown=shown,
        shapes={
            (len(h), k): "The gradient has the shape of h: zeros for the other nodes."
        },
    )
