"""The check of exercise 03_deep on greedy training: task 6, the next layer."""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.special import expit

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.arguments import look_at_arguments
from cs5045ae.checks.bars import mean_error, pca_error
from cs5045ae.checks.check import check
from cs5045ae.checks.deep_blocks import before_activation, dense_blocks, near
from cs5045ae.checks.digits import small_digits
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.models import model_of, run
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
    x, x_test = small_digits(rng, IMAGES)
    seed = int(rng.integers(1000))
    below = _layer(x.shape[1], NODES)
    kernel, bias, _ = train_rbm(x, NODES, epochs=10, seed=seed)
    below.set_weights([kernel, bias])
    # Codes come before the call: who trains the layer below has missed the task.
    h, h_test = run([below], x), run([below], x_test)
    arguments = {"code_size": CODE_SIZE, "epochs": EPOCHS, "seed": seed}
    answer = call(train_next_layer, x=x, encoder=below, **arguments)
    encoder, decoder = _pair(answer, x.shape[1], NODES, CODE_SIZE)
    _stays(answer, below, [kernel, bias])
    z = run([encoder], h_test)
    h_hat = run([decoder], z)
    error = pca.reconstruction_error(h_test, h_hat)
    mean, due = mean_error(h, h_test), pca_error(h, h_test, CODE_SIZE)
    if not error < due:
        raise CheckFailed(
            f"{answer.subject} a layer that rebuilds the codes of unseen digits with "
            f"an error of {error:.2f}; PCA of these codes with {CODE_SIZE} components "
            f"has {due:.2f}, their mean {mean:.2f}.",
            _diagnosis(error, mean),
        )
    _heeds(train_next_layer, rng, seed)
    return (
        f"your layer rebuilds the codes of unseen digits with an error of {error:.2f}, "
        f"PCA with {CODE_SIZE} components {due:.2f}, their mean {mean:.2f}"
    )


def _layer(n_in: int, nodes: int) -> Any:
    from cs5045ae.backend import keras

    return keras.Sequential(
        [keras.Input(shape=(n_in,)), keras.layers.Dense(nodes, "sigmoid")],
        name="first_layer",
    )


def _stays(answer: Answer, below: Any, weights: list[np.ndarray]) -> None:
    """Complain if the layer below has been trained too."""
    if not all(map(np.allclose, below.get_weights(), weights)):
        raise CheckFailed(
            f"{answer.told} changed the weights of encoder.",
            "The layers below are finished. Compute h = encoder(x) once, and train the "
            "new pair alone, while the encoder stays as it is.",
        )


def _heeds(function: Function, rng: np.random.Generator, seed: int) -> None:
    """Train for a moment on other sizes, to see whether the arguments are used."""
    x, below = rng.random((64, 30)), _layer(30, 12)

    def trained(epochs: int, seed: int) -> tuple[str, list[np.ndarray]]:
        answer = call(
            function, x=x, encoder=below, code_size=5, epochs=epochs, seed=seed
        )
        models = _pair(answer, 30, 12, 5)
        return answer.told, [w for model in models for w in model.get_weights()]

    look_at_arguments(trained, seed, epochs=(1, 2))


def _pair(answer: Answer, pixels: int, nodes: int, code_size: int) -> tuple[Any, Any]:
    """Return both models, after a look at their sizes and at their one dense layer."""
    first, second = answer.parts("next_encoder", "next_decoder")
    hint = _size_hint(first, pixels, nodes, code_size)
    encoder = model_of(first, nodes, code_size, hint)
    hint = _size_hint(second, pixels, nodes, code_size)
    decoder = model_of(second, code_size, nodes, hint)
    made, plain = _one_dense(first, encoder)
    if not near(made, plain):
        raise CheckFailed(
            f"{first.subject} a model with an activation.",
            "The code is linear: its Dense layer has no activation, and nothing "
            "follows it.",
        )
    made, plain = _one_dense(second, decoder)
    if not near(made, expit(plain)):
        what = "no activation" if near(made, plain) else "another activation"
        raise CheckFailed(
            f"{second.subject} a model with {what}, not a sigmoid.",
            "What it rebuilds are the nodes of a sigmoid layer, between 0 and 1: end "
            "with a sigmoid.",
        )
    return encoder, decoder


def _one_dense(answer: Answer, model: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return what a model makes of some rows, and the same before its activation."""
    blocks = dense_blocks(answer, model)
    if len(blocks) != 1:
        raise CheckFailed(
            f"{answer.subject} a model of {len(blocks)} dense layers, not of one.",
            "Greedy training adds one layer at a time: one dense layer down, and one "
            "back.",
        )
    x = np.random.default_rng(0).normal(size=(20, model.input_shape[1]))
    return run(blocks[0], x), before_activation(blocks[0][0], x)


def _size_hint(answer: Answer, pixels: int, nodes: int, code_size: int) -> str:
    shapes = (
        getattr(answer.value, "input_shape", None),
        getattr(answer.value, "output_shape", None),
    )
    if shapes == ((None, code_size), (None, nodes)):
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


def _diagnosis(error: float, mean: float) -> str:
    """Say why models that do not pass probably don't."""
    if error > 0.95 * mean:
        return (
            "It has learnt next to nothing of these codes. Is the pair compiled, and "
            "fitted to (h, h) with h = encoder(x)? Leave the encoder as it is, and "
            "return the layers that were trained."
        )
    return (
        "Train both layers together on (h, h) with h = encoder(x), of all images: Adam "
        "with a learning rate of 0.01, batches of 32, and all epochs."
    )
