"""The checks of exercise 04_denoising on training: tasks 4 and 7."""

from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.arguments import look_at_arguments
from cs5045ae.checks.bars import mean_error
from cs5045ae.checks.check import check
from cs5045ae.checks.denoising_noise import Function, images, look_at_hits, near
from cs5045ae.checks.digits import small_digits
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.models import bounded_output, chain, model_of, run
from cs5045ae.reference import denoising, pca

__all__ = ["check_epoch_pairs", "check_epoch_pairs_fresh", "check_train_denoiser"]

IMAGES, HIDDEN, SIGMA, EPOCHS, RATIO = 2000, 256, 0.5, 30, 0.95
"""The training of task 7, and how much of the best linear denoiser's error is left.

Over eight seeds right answers, with either loss and noise by hand or by a layer, ended
at 0.88 to 0.92 of that error; one fixed noisy copy at 1.00 to 1.05.
"""

FAR = [(10, 0), (100, 0), (1000, 0), (0, 10), (0, 100), (0, 1000)]
FAR += [(23, 1), (3, 12), (1, 23), (12, 3)]
"""Pairs of epoch and seed that are one number in ``100 * seed + epoch`` and the like,
or when their digits are written one after the other."""

SIGMOID = 'Pixels lie in [0, 1]: end with one sigmoid for each, `activation="sigmoid"`.'


@check(task="4")
def check_epoch_pairs(epoch_pairs: Function, *, rng: np.random.Generator) -> str:
    """Masked inputs, and clean targets in the same order."""
    for dtype, n in ((np.float64, 150), (np.float32, 150), (np.float64, 1)):
        x = images(rng, n, 784).astype(dtype)
        epoch, seed = (int(number) for number in rng.integers(40, size=2))
        answer = call(epoch_pairs, x=x, epoch=epoch, seed=seed)
        x_in, x_target = answer.parts("x_in", "x_target")
        noisy, target = x_in.array(x.shape), x_target.array(x.shape)
        if np.allclose(noisy, x) and not np.allclose(target, x):
            raise CheckFailed(
                f"{x_in.subject} the clean images, and x_target the masked ones.",
                "The network sees the masked images and has to give back the clean "
                "ones: the order is x_in, x_target.",
            )
        _target(x_target, target, noisy, x)
        hit = np.abs(noisy - x) > 1e-5
        if (hit & (np.abs(noisy) > 1e-5)).any():
            raise CheckFailed(
                f"{x_in.subject} images with pixels that are neither 0 nor what x "
                "holds there.",
                x_in.coarse()
                or "Mask only: the pixels that stay are not scaled, and every image "
                "stays at its place.",
            )
        look_at_hits(x_in, hit, x, denoising.RATE)
    return "x_in is masked, x_target is x, and both have the same order"


def _target(
    answer: Answer, target: np.ndarray, noisy: np.ndarray, x: np.ndarray
) -> None:
    answer.close(
        x,
        mistakes={
            "The target of a denoiser is the CLEAN image: this fits (noisy, noisy), "
            "and teaches to copy.": noisy,
            "This is the noise, x - x_in; the target is the image.": x - noisy,
            "This is the noise, x_in - x; the target is the image.": noisy - x,
        },
        hint="The target is x, in the order of x: Keras shuffles the pairs itself."
        if np.allclose(np.sort(target, axis=None), np.sort(x, axis=None))
        else "The target is x as it was given.",
    )


@check(task="4")
def check_epoch_pairs_fresh(epoch_pairs: Function, *, rng: np.random.Generator) -> str:
    """Every pair of epoch and seed has masks of its own, and always the same."""
    x = images(rng, 60, 784)
    base = int(rng.integers(3, 20))
    keys = [(0, 0), (1, 0), (2, 0), (0, 1), (1, 2), (2, 1), (base, 5), (base + 1, 4)]
    keys += FAR
    masks: list[tuple[int, int, np.ndarray]] = []
    for epoch, seed in keys:
        answer = call(epoch_pairs, x=x, epoch=epoch, seed=seed)
        first = answer.parts("x_in", "x_target")[0].array(x.shape)
        again = call(epoch_pairs, x=x, epoch=epoch, seed=seed)
        if not np.array_equal(first, again.parts("x_in", "x_target")[0].array(x.shape)):
            raise CheckFailed(
                f"{answer.told} gave another result when it was called again.",
                "Make the generator inside the function, from seed and epoch: "
                "`rng = np.random.default_rng([seed, epoch])`.",
            )
        hit = np.abs(first) < 1e-5
        if not hit.any():
            raise CheckFailed(
                f"In {answer.told}, no pixel of x_in is masked.",
                "The order is x_in, x_target, and x_in holds the masked images.",
            )
        share = float((masks[0][2] if masks else hit).mean())
        spread = (2 * share * (1 - share)) ** 0.5
        if not near(float(hit.mean()), share, spread, hit.size):
            raise CheckFailed(
                f"In {answer.told}, {hit.mean():.1%} of the pixels of x_in are masked, "
                f"for another pair {share:.1%}.",
                "The share is the same in every epoch.",
            )
        for other_epoch, other_seed, other in masks:
            _apart(answer, hit, other, epoch - other_epoch, seed - other_seed)
        masks.append((epoch, seed, hit))
    return "each epoch of each seed has masks of its own, and the same ones every time"


def _moved_on(hit: np.ndarray, other: np.ndarray) -> bool:
    """Tell whether an image of one epoch has the mask of any image of another."""
    known = {row.tobytes() for row in other}
    return any(row.tobytes() in known for row in hit)


def _apart(
    answer: Answer, hit: np.ndarray, other: np.ndarray, epochs: int, seeds: int
) -> None:
    """Complain if two masks that should be independent are not."""
    chance = float(hit.mean() * other.mean())
    both = float((hit & other).mean())
    alone = near(both, chance, (chance * (1 - chance)) ** 0.5, hit.size)
    if alone and (seeds or epochs > 1 or not _moved_on(hit, other)):
        return
    if epochs and not seeds:
        hint = "Another epoch needs new noise: let the epoch, too, decide about it."
    elif seeds and not epochs:
        hint = "Another seed needs other noise: let the seed, too, decide about it."
    elif not epochs + seeds:
        hint = (
            "seed + epoch is the same number for different pairs, and so is seed times "
            "epoch: `np.random.default_rng([seed, epoch])` keeps them apart."
        )
    else:
        hint = "`np.random.default_rng([seed, epoch])` keeps all pairs apart."
    raise CheckFailed(
        f"{answer.told} masks much the same pixels as another pair of epoch and seed.",
        hint,
    )


@check(task="7")
def check_train_denoiser(train_denoiser: Function, *, rng: np.random.Generator) -> str:
    """Compare with the best linear denoiser, on digits that were not trained on."""
    from cs5045ae.data import add_gaussian

    x, x_test = small_digits(rng, IMAGES)
    seed = int(rng.integers(1000))
    noisy, noisy_test = (
        add_gaussian(part, SIGMA, seed=int(rng.integers(10_000)))
        for part in (x, x_test)
    )
    answer = call(train_denoiser, x=x, sigma=SIGMA, epochs=EPOCHS, seed=seed)
    model = model_of(answer, x.shape[1], x.shape[1])
    x_hat = bounded_output(answer, model, noisy_test, SIGMOID)
    _layers(answer, model, noisy_test)
    error = pca.reconstruction_error(x_test, x_hat)
    weights, bias = denoising.linear_denoiser(noisy, x, 30.0)
    linear = (noisy_test @ weights + bias).clip(0, 1)
    best = pca.reconstruction_error(x_test, linear)
    due = RATIO * best
    nothing = pca.reconstruction_error(x_test, noisy_test)
    if not error <= due:
        raise CheckFailed(
            f"{answer.subject} a model with an error of {error:.2f} on unseen digits "
            f"with noise; at most {due:.2f} is due. The best linear denoiser has "
            f"{best:.2f}, doing nothing {nothing:.2f}.",
            _diagnosis(model, x, x_test, x_hat),
        )
    _heeds(train_denoiser, rng, seed)
    return (
        f"on unseen digits your denoiser has an error of {error:.2f}, the best linear "
        f"one {best:.2f}, doing nothing {nothing:.2f}"
    )


def _layers(answer: Answer, model: Any, x: np.ndarray) -> None:
    """Look for one hidden layer of the right size, with ReLU."""
    from cs5045ae.backend import keras

    layers = chain(answer, model)
    dense = [i for i, one in enumerate(layers) if isinstance(one, keras.layers.Dense)]
    found = [layers[i].units for i in dense]
    if found != [HIDDEN, x.shape[1]]:
        raise CheckFailed(
            f"{answer.subject} a model with dense layers of {found} nodes, not "
            f"{[HIDDEN, x.shape[1]]}.",
            f"One hidden layer of {HIDDEN} nodes, then one node for each pixel.",
        )
    if model.count_params() > (x.shape[1] + 1) * HIDDEN + (HIDDEN + 1) * x.shape[1]:
        raise CheckFailed(
            f"{answer.subject} a model with more parameters than those of its two "
            "dense layers.",
            "No other layer that has parameters is due, such as a normalisation.",
        )
    h = run(layers[: dense[1]], x)
    if h.min() < 0 or not (h == 0).any():
        raise CheckFailed(
            f"{answer.subject} a model whose hidden layer has no ReLU: its nodes give "
            f"{h.min():.3g} to {h.max():.3g}.",
            'The hidden layer has `activation="relu"`.',
        )


def _heeds(function: Function, rng: np.random.Generator, seed: int) -> None:
    """Train for a moment on other sizes, to see whether the arguments are used."""
    x = rng.random((64, 20))

    def trained(**arguments: Any) -> tuple[str, list[np.ndarray]]:
        answer = call(function, x=x, **arguments)
        return answer.told, model_of(answer, 20, 20).get_weights()

    look_at_arguments(trained, seed, sigma=(0.3, 0.6), epochs=(1, 2))


def _diagnosis(model: Any, x: np.ndarray, x_test: np.ndarray, x_hat: np.ndarray) -> str:
    """Say what a model that does not pass was probably trained for."""
    error = pca.reconstruction_error(x_test, x_hat)
    if error > 0.9 * mean_error(x, x_test):
        return (
            "It has learnt next to nothing, or something else than to denoise. The "
            "target is the CLEAN image, and the pixels of x lie in [0, 1] already."
        )
    clean = pca.reconstruction_error(x_test, run([model], x_test))
    if clean < 0.3 * error:
        return (
            "It gives clean images back almost untouched, and noisy ones with their "
            "noise: it has hardly seen noise. The input of fit is the NOISY image."
        )
    return (
        "Draw new noise in every epoch and clip the noisy images to [0, 1]. Use a "
        "hidden layer of 256 nodes, Adam as it is, batches of 32, and all epochs."
    )
