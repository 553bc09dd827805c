"""The check of exercise 03_deep on greedy training: task 6, the next layer."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.bars import mean_error, pca_error
from cs5045ae.checks.check import check
from cs5045ae.checks.digits import small_digits
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.models import bounded_output, model_of, run
from cs5045ae.reference import pca
from cs5045ae.reference.deep_pretraining import train_rbm

__all__ = ["check_train_next_layer"]

Function = Callable[..., Any]
IMAGES, NODES, CODE_SIZE, EPOCHS = 1000, 64, 8, 20
"""The training of task 6, whose error has to be below that of PCA with such a code.

Over six seeds right answers, with either loss and batches of 32 or 100, ended at 0.70
to 0.83 of the error of PCA, a sigmoid code at 1.11 to 1.22, a ReLU code at 1.27 to 3.0;
over two seeds three epochs ended at 1.28 to 1.32, Adam's default rate at 1.56 to 1.58.
"""


@check(task="6")
def check_train_next_layer(
    train_next_layer: Function, *, rng: np.random.Generator
) -> str:
    """Rebuild what the layer below makes of digits that were not trained on."""
    from cs5045ae.backend import keras

    x, x_test = small_digits(rng, IMAGES)
    seed = int(rng.integers(1000))
    kernel, bias, _ = train_rbm(x, NODES, epochs=10, seed=seed)
    below = keras.Sequential(
        [keras.Input(shape=(x.shape[1],)), keras.layers.Dense(NODES, "sigmoid")],
        name="first_layer",
    )
    below.set_weights([kernel, bias])
    # Codes come before the call: who trains the layer below has missed the task.
    h, h_test = run([below], x), run([below], x_test)
    answer = call(
        train_next_layer,
        x=x,
        encoder=below,
        code_size=CODE_SIZE,
        epochs=EPOCHS,
        seed=seed,
    )
    first, second = answer.parts("next_encoder", "next_decoder")
    encoder = model_of(first, NODES, CODE_SIZE, _size_hint(first, x.shape[1]))
    decoder = model_of(second, CODE_SIZE, NODES, _size_hint(second, x.shape[1]))
    z = run([encoder], h_test)
    h_hat = bounded_output(
        second,
        decoder,
        z,
        "What it rebuilds are the nodes of a sigmoid layer, between 0 and 1: end with "
        "a sigmoid.",
    )
    error = pca.reconstruction_error(h_test, h_hat)
    mean, due = mean_error(h, h_test), pca_error(h, h_test, CODE_SIZE)
    if not error < due:
        raise CheckFailed(
            f"{answer.subject} a layer that rebuilds the codes of unseen digits with "
            f"an error of {error:.2f}; PCA of these codes with {CODE_SIZE} components "
            f"has {due:.2f}, their mean {mean:.2f}.",
            _diagnosis(z, error, mean),
        )
    return (
        f"your layer rebuilds the codes of unseen digits with an error of {error:.2f}, "
        f"PCA with {CODE_SIZE} components {due:.2f}, their mean {mean:.2f}"
    )


def _size_hint(answer: Answer, pixels: int) -> str:
    shapes = (
        getattr(answer.value, "input_shape", None),
        getattr(answer.value, "output_shape", None),
    )
    if shapes == ((None, CODE_SIZE), (None, NODES)):
        return "The order is next_encoder, next_decoder."
    if (None, pixels) in shapes:
        return (
            "Greedy training feeds each layer with the codes of the one before, "
            "encoder(x), not with pixels. Both models work on such codes, and the "
            "layers below belong to neither."
        )
    return (
        "next_encoder leads from what encoder gives to code_size numbers, next_decoder "
        "back to what encoder gives."
    )


def _diagnosis(z: np.ndarray, error: float, mean: float) -> str:
    """Say why models that do not pass probably don't."""
    if error > 0.95 * mean:
        return (
            "It has learnt next to nothing of these codes. Is the pair compiled, and "
            "fitted to (h, h) with h = encoder(x)? Leave the encoder as it is, and "
            "return the layers that were trained."
        )
    if z.min() >= 0:
        return (
            "No number of your code is below 0. The code is linear: its Dense layer "
            "has no activation."
        )
    return (
        "One linear layer down and one sigmoid layer back, trained on encoder(x) while "
        "the encoder stays as it is: Adam with a learning rate of 0.01, batches of 32, "
        "and all epochs."
    )
