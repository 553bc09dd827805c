"""What wrong L1 penalties look like: task 5 of exercise 06_sparse."""

import numpy as np

from cs5045ae.reference import sparse

__all__ = ["wrong_penalties"]

Mistakes = dict[str, np.ndarray]


def wrong_penalties(h: np.ndarray, lam: float) -> tuple[Mistakes, Mistakes]:
    """Return what wrong answers give, by the sentence that fits each.

    Parameters
    ----------
    h, lam
        The arguments of `l1_penalty`.

    Returns
    -------
    of_each, of_batch : dict
        What may stand for the penalties of the inputs, and for that of the batch.
    """
    n, m = h.shape
    size = np.abs(h.astype(np.float64))
    want, batch = sparse.l1_penalty(h, lam)
    of_each = {
        "Take absolute values, or positive and negative nodes cancel.": lam
        * h.astype(np.float64).sum(axis=1),
        "Take the absolute value of each activation BEFORE you add them up.": lam
        * np.abs(h.astype(np.float64).sum(axis=1)),
        "Negative activations pay, too: no ReLU.": lam
        * np.maximum(h.astype(np.float64), 0).sum(axis=1),
        "The weight lam has to be in it once.": lam * want,
        "This is the L2 penalty: absolute values, not squares.": lam
        * (size**2).sum(axis=1),
        "This is the L2 norm: sum the absolute values, without squares and root.": (
            lam * np.sqrt((size**2).sum(axis=1))
        ),
        "Sum over the nodes of an input; this is their mean.": want / m,
        "The penalty of one input does not depend on the others: do not divide by "
        "n here, nor by 2.": want / n,
        "There is no factor 1/2 here.": want / 2,
        "The weight lam is missing.": size.sum(axis=1),
        "Add the magnitudes of all nodes; this is the largest alone.": lam
        * size.max(axis=1),
        "The sign is turned: a penalty is added to the loss.": -want,
        "This is the sum over the inputs for each node; each input needs its own, "
        "so sum over axis 1.": lam * size.sum(axis=0) if n == m else np.full(n, np.nan),
    }
    of_batch = {
        "This is the sum over the batch, which grows with its size: the same "
        "inputs in a batch of 10 would weigh twice as much as in one of 5. Take "
        "the mean."
        + (" (Or is it divided by n - 1? By n is due.)" if n == 2 else ""): want.sum(),
        "Average over the inputs only, not over the nodes as well.": batch / m,
        "The weight lam has to be in it once.": lam * batch,
        "The weight lam is missing in the batch.": size.sum(axis=1).mean(),
        "The mean of the batch has no factor 1/2."
        + (" (Or is it divided by n twice?)" if n == 2 else ""): batch / 2,
        "Divide by n, not by n - 1.": want.sum() / max(n - 1, 1),
        "The mean goes over the inputs, not over the nodes: it is that of `each`.": (
            want.sum() / m
        ),
        "Divide by n once: this was divided twice.": batch / n,
    }
    return of_each, {k: np.asarray(v) for k, v in of_batch.items()}
