"""The checks of exercise 05_contractive on a trained network: task 7."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer
from cs5045ae.checks.bars import mean_error, pca_error
from cs5045ae.checks.check import check
from cs5045ae.checks.contractive import Function
from cs5045ae.checks.digits import small_digits
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.models import bounded_output, call_training, model_of
from cs5045ae.reference import pca
from cs5045ae.reference.contractive_spectrum import code_spread

__all__ = ["check_train_cae", "check_train_cae_lam"]

CODE, IMAGES, EPOCHS, DIFFERENTIATED = 64, 2000, 20, 300
WEAK, COMPONENTS = 0.1, 8
"""The first training, and the PCA that it has to beat.

Over seven seeds right answers (rates of 0.001 to 0.01, batches of 32 to 100) end at
2.5 to 4.3, PCA-8 at 4.9; where the slopes or the sums of weights are not squared as
they should be, 5.4 and more.
"""
STRONG, OF_MEAN, CALMER, FLATTER = 0.3, 0.62, 0.8, 0.92
"""The second: the share of the mean image's error, and of the norm without a penalty;
and the share of the mean squared slope of the units without one.

Right answers end at 3.7 to 5.1 of 10.1, and at 0.56 to 0.73 of the norm in units of
the spread; weights read once at 0.95 to 0.96, the norm for its square at 0.89, a mean
over the units at 0.98. A penalty that is summed over the batch ends at an error of 10.
The squared slope falls to 0.37 to 0.78 with right answers over six seeds; it rises to
1.1 to 1.5 where weights alone are made small: weight decay, slopes without a gradient.
"""

PIXELS = 'Pixels lie in [0, 1]: end with one sigmoid for each, `activation="sigmoid"`.'
CODES = "The code has a sigmoid, too."


@dataclass(frozen=True)
class _Trained:
    """What the judge found out of a trained pair, on unseen digits."""

    error: float
    norm: float
    spread: float
    slope: float
    """The mean of (h (1 - h))^2 over units and images."""

    @property
    def relative(self) -> float:
        """The mean norm of the Jacobian, in units of the spread of the codes."""
        return self.norm / max(self.spread, 1e-9)


@check(task="7")
def check_train_cae(train_cae: Function, *, rng: np.random.Generator) -> str:
    """With a weak penalty, unseen digits come back better than from 8 components."""
    x, x_test = small_digits(rng, IMAGES)
    answer, found = _train(train_cae, x, x_test, WEAK, int(rng.integers(1000)))
    of_mean, bar = mean_error(x, x_test), pca_error(x, x_test, COMPONENTS)
    if not found.error <= bar:
        raise CheckFailed(
            f"{answer.subject} an autoencoder with an error of {found.error:.2f} on "
            f"unseen digits; at most {bar:.2f} is due, the error of PCA with "
            f"{COMPONENTS} components. The mean image has {of_mean:.2f}.",
            _of_error(found, of_mean),
        )
    return (
        f"with lam = {WEAK:g}, unseen digits come back with an error of "
        f"{found.error:.2f}; PCA-{COMPONENTS} has {bar:.2f}, the mean image "
        f"{of_mean:.2f}"
    )


@check(task="7")
def check_train_cae_lam(train_cae: Function, *, rng: np.random.Generator) -> str:
    """Compare how calm the codes are with and without a penalty."""
    x, x_test = small_digits(rng, IMAGES)
    seed = int(rng.integers(1000))
    _, free = _train(train_cae, x, x_test, 0.0, seed)
    answer, held = _train(train_cae, x, x_test, STRONG, seed)
    of_mean = mean_error(x, x_test)
    response = held.relative / free.relative
    told = (
        f"{answer.subject} an encoder whose Jacobian has a mean norm of "
        f"{held.norm:.2f}, {held.relative:.2f} times the spread of its codes; with "
        f"lam=0 it has {free.norm:.2f}, {free.relative:.2f} times their spread"
    )
    if not held.error <= OF_MEAN * of_mean:
        raise CheckFailed(
            f"{told}. But its error on unseen digits is {held.error:.2f}, with lam=0 "
            f"{free.error:.2f}; at most {OF_MEAN * of_mean:.2f} is due.",
            _of_error(free, of_mean)
            if free.error > OF_MEAN * of_mean
            else "The penalty weighs too much. Its sum over the entries of the "
            "Jacobian is AVERAGED over the images of a batch; the squared error is "
            "summed over the pixels, then averaged; the slope h (1 - h) is squared.",
        )
    if not response <= CALMER:
        raise CheckFailed(
            f"{told}. At most {CALMER:g} of that is due, and it is {response:.2f}.",
            _of_response(free, held),
        )
    if not held.slope <= FLATTER * free.slope:
        raise CheckFailed(
            f"{told}. But only its weights are smaller: the mean of (h (1 - h))^2 is "
            f"{held.slope:.4f}, with lam=0 it is {free.slope:.4f}, and it has to fall.",
            "The penalty has two factors for each unit, its squared slope at this "
            "image and its squared weights, and the gradient goes through both. "
            "Without the slope, or with a slope that has no gradient, it is weight "
            "decay.",
        )
    return (
        f"with lam = {STRONG:g} the norm of the Jacobian is {held.relative:.2f} times "
        f"the spread of the codes, without a penalty {free.relative:.2f} times"
    )


def _of_error(found: _Trained, of_mean: float) -> str:
    if found.error > 1.2 * of_mean:
        return (
            "It draws no digits. Do encoder and decoder hold the weights that were "
            "trained? And was the decoder's kernel the encoder's from the first step "
            "on, not only at the end?"
        )
    if found.spread < 0.5:
        return (
            "All codes are nearly the same: the penalty weighs too much. Sum it over "
            "the Jacobian, AVERAGE it over the images of a batch; the squared error is "
            "summed over the pixels."
        )
    return (
        "The loss is that of task 5: squared errors summed over the pixels, plus lam "
        "times the penalty with SQUARED slopes and SQUARED weights. Adam with a rate "
        "of 0.003, batches of 50, all epochs."
    )


def _of_response(free: _Trained, held: _Trained) -> str:
    if held.norm > 1.1 * free.norm:
        return "The penalty is ADDED to the loss, which is made small."
    if abs(held.norm - free.norm) < 1e-3 * free.norm:
        return (
            "lam changes nothing. Is it used, and does the tape see the penalty? It "
            "must be made of the kernel variable itself: numbers from `get_weights()` "
            "or `.numpy()` have no gradient."
        )
    return (
        "The penalty hardly acts. Is it made of the kernel variable itself, not of a "
        "copy of the first weights (`get_weights()`, `.numpy()`)? Is it the SUM of all "
        "squared entries of the Jacobian, no mean, no norm and no square of a sum, "
        "beside an error summed over the pixels?"
    )


def _train(
    train_cae: Function, x: np.ndarray, x_test: np.ndarray, lam: float, seed: int
) -> tuple[Answer, _Trained]:
    """Train; measure error, Jacobian and spread of the codes on unseen digits."""
    # Not at the top: this imports Keras.
    from cs5045ae.reference.contractive_networks import jacobian_penalty

    d = x.shape[1]
    answer = call_training(
        train_cae, x=x, code_size=CODE, lam=lam, epochs=EPOCHS, seed=seed
    )
    first, second = answer.parts("encoder", "decoder")
    encoder, decoder = model_of(first, d, CODE), model_of(second, CODE, d)
    _tied(answer, encoder, decoder, d)
    h = bounded_output(first, encoder, x_test, CODES)
    x_hat = bounded_output(second, decoder, h, PIXELS)
    norms = np.sqrt(jacobian_penalty(encoder, x_test[:DIFFERENTIATED]))
    return answer, _Trained(
        pca.reconstruction_error(x_test, x_hat),
        float(norms.mean()),
        code_spread(h),
        float(((h * (1 - h)) ** 2).mean()),
    )


def _tied(answer: Answer, encoder: Any, decoder: Any, d: int) -> None:
    """Complain unless both halves are one dense layer with the same kernel."""
    kernels = []
    for name, model, shape in (
        ("encoder", encoder, (d, CODE)),
        ("decoder", decoder, (CODE, d)),
    ):
        found = [
            np.asarray(weight) for weight in model.weights if len(weight.shape) > 1
        ]
        if [kernel.shape for kernel in found] != [shape]:
            raise CheckFailed(
                f"In {answer.told}, {name} has kernels of the shapes "
                f"{[kernel.shape for kernel in found]}, not one of {shape}.",
                "One dense layer with a sigmoid is due on each side.",
            )
        kernels += found
        biases = [np.asarray(w) for w in model.weights if len(w.shape) == 1]
        if not any(bias.any() for bias in biases):
            raise CheckFailed(
                f"In {answer.told}, {name} has no bias, or one that is 0 everywhere.",
                "The training has one kernel and TWO biases; both models hold theirs.",
            )
    if not np.allclose(kernels[0], kernels[1].T, rtol=1e-3, atol=1e-5):
        raise CheckFailed(
            f"In {answer.told}, the decoder's kernel is not the encoder's, transposed.",
            "Tie the weights: the training uses one kernel for both halves, and at the "
            "end the decoder gets it, transposed, by `set_weights` or `assign`. With a "
            "kernel of its own the decoder can grow while the encoder shrinks: part of "
            "the small penalty is then nothing but small codes.",
        )
