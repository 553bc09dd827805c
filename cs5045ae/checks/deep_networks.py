"""The checks of exercise 03_deep on two halves in Keras: task 3."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.special import expit

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.check import check
from cs5045ae.checks.deep_blocks import before_activation, dense_blocks, near
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.models import model_of, randomize, run

__all__ = ["check_build_halves", "check_build_halves_activations"]

Function = Callable[..., Any]
CASES = [
    ([784, 500, 30], [30, 784]),
    ([12, 9, 7, 3], [3, 7, 9, 12]),
    ([11, 4], [4, 6, 8, 13, 11]),
    ([10, 8, 8, 5], [5, 8, 10]),
    ([5, 8, 6], [6, 9, 5]),  # wider inside than outside
    ([7, 4, 4, 4, 4], [4, 7, 7, 7, 7]),  # places count, not sizes
]
SIZES = (
    "Take every size from the arguments: the first is that of the input, and each one "
    "after it is a dense layer."
)


@check(task="3")
def check_build_halves(build_halves: Function, *, rng: np.random.Generator) -> str:
    """Compare the nodes of all layers, and the number of parameters."""
    for down, up in CASES:
        for answer, model, sizes in _built(build_halves, down, up):
            found = [block[0].units for block in dense_blocks(answer, model)]
            if found != sizes[1:]:
                raise CheckFailed(
                    f"{answer.subject} a model with dense layers of {found} nodes, not "
                    f"{sizes[1:]}.",
                    _wrong_sizes(found, sizes, down, up),
                )
            due = sum((a + 1) * b for a, b in pairwise(sizes))
            if model.count_params() != due:
                raise CheckFailed(
                    f"{answer.subject} a model of {model.count_params():,} parameters, "
                    f"not {due:,}.",
                    "Every dense layer has biases: leave `use_bias` as it is."
                    if model.count_params() < due
                    else "Dense layers alone are due: no other layer that has "
                    "parameters.",
                )
    return "both halves have the layers that were asked for, mirrored or not"


@check(task="3")
def check_build_halves_activations(
    build_halves: Function, *, rng: np.random.Generator
) -> str:
    """Look layer by layer for bends, a linear code, and a sigmoid for each pixel."""
    for down, up in CASES[1:]:
        for answer, model, sizes in _built(build_halves, down, up):
            is_decoder = sizes is up
            layers = dense_blocks(answer, model)
            _start(answer, layers)
            randomize(model, rng, 3.0)
            for i, layer in enumerate(layers):
                x = rng.normal(size=(40, layer[0].kernel.shape[0]))
                made, plain = run(layer, x), before_activation(layer[0], x)
                told = f"{answer.subject} a model whose dense layer {i + 1}"
                if i < len(layers) - 1:
                    _bend(told, made, plain, len(set(sizes)) < len(sizes))
                elif is_decoder:
                    _pixels(told, made, plain)
                elif not near(made, plain):
                    raise CheckFailed(
                        f"{told}, the code, has an activation.",
                        "The code is linear, as in the paper: its Dense layer has no "
                        "`activation`, and nothing follows it.",
                    )
    return "hidden layers bend, the code does not, and pixels lie between 0 and 1"


def _built(
    function: Function, down: list[int], up: list[int]
) -> list[tuple[Answer, Any, list[int]]]:
    """Call the function; return both halves, each with its sizes."""
    answer = call(function, encoder_sizes=down, decoder_sizes=up)
    parts = answer.parts("encoder", "decoder")
    inputs = [getattr(part.value, "input_shape", None) for part in parts]
    hint = SIZES
    if inputs == [(None, up[0]), (None, down[0])]:
        hint = "The order is encoder, decoder."
    elif inputs == [(None, down[0])] * 2:
        hint = (
            "The decoder takes a code, so it begins with an input of its own, "
            "`keras.Input(shape=(decoder_sizes[0],))`, not with the encoder's."
        )
    return [
        (part, model_of(part, sizes[0], sizes[-1], hint), sizes)
        for part, sizes in zip(parts, (down, up), strict=True)
    ]


def _wrong_sizes(
    found: Sequence[int], sizes: list[int], down: list[int], up: list[int]
) -> str:
    if sizes is up and found in (down[-2::-1], down[::-1]):
        return "The decoder need not be the encoder's mirror image: use decoder_sizes."
    if found == sizes:
        return (
            "The first number is that of the input, which is no dense layer: begin "
            "with `keras.Input(shape=(sizes[0],))`."
        )
    if found == sizes[-1:]:
        return "Apply ALL layers in order, not only the last one."
    return SIZES


def _start(answer: Answer, layers: list[list[Any]]) -> None:
    """Complain of hidden nodes that begin with equal weights, and so stay equal."""
    for i, (dense, *_) in enumerate(layers[:-1]):
        if np.ptp(np.asarray(dense.kernel)) == 0:
            raise CheckFailed(
                f"{answer.subject} a model whose dense layer {i + 1} begins with equal "
                "weights everywhere.",
                "Nodes that begin alike learn alike. Weights begin at random: leave "
                '`kernel_initializer` as it is, or take "he_normal".',
            )


def _bend(told: str, made: np.ndarray, plain: np.ndarray, alike: bool) -> None:
    if near(made, plain):
        raise CheckFailed(
            f"{told} has no activation.",
            "Layers may have equally many nodes: the code is the last layer of the "
            "encoder, by its place in the list and not by its size."
            if alike
            else 'Give the hidden layers an activation, such as "relu". Without it two '
            "dense layers do no more than one, and depth buys nothing.",
        )
    if np.allclose(made.sum(axis=1), 1, atol=1e-3):
        raise CheckFailed(
            f"{told} has nodes that sum to 1.",
            "That is a softmax; hidden layers take a ReLU.",
        )


def _pixels(told: str, made: np.ndarray, plain: np.ndarray) -> None:
    hint = 'Give the output layer `activation="sigmoid"`, one for each pixel.'
    if np.allclose(made.sum(axis=1), 1, atol=1e-3):
        raise CheckFailed(
            f"{told}, the output, has pixels that sum to 1 in every image.",
            f"That is a softmax, but pixels are not classes of one choice. {hint}",
        )
    if not near(made, expit(plain)):
        what = "no activation" if near(made, plain) else "another activation"
        raise CheckFailed(f"{told}, the output, has {what}, not a sigmoid.", hint)
