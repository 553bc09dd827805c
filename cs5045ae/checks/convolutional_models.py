"""Look at the pairs of Keras models of exercise 07: encoders and decoders of images."""

from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.words import kind_of

__all__ = [
    "competing",
    "convolutions_of",
    "halves",
    "heights_of",
    "layers_of",
    "pixels",
]

PLAIN = ("keras", "cs5045ae")


def halves(answer: Answer, side: int) -> tuple[Any, Any]:
    """Return an encoder of images `(n, side, side, 1)`, and a decoder that fits it.

    Raises
    ------
    CheckFailed
        If they are not two plain Keras models, or their shapes do not fit.
    """
    first, second = answer.parts("encoder", "decoder")
    encoder, decoder = _plain_model(first), _plain_model(second)
    image = (None, side, side, 1)
    if encoder.input_shape != image:
        hint = "Take every size from the arguments, and the channels come last."
        if encoder.input_shape == (None, 1, side, side):
            hint = "Keras wants (height, width, channels): the channels come last."
        raise CheckFailed(
            f"{first.subject} a model that takes inputs of shape "
            f"{encoder.input_shape}, not {image}.",
            hint,
        )
    if decoder.input_shape != encoder.output_shape:
        raise CheckFailed(
            f"{second.subject} a model that takes inputs of shape "
            f"{decoder.input_shape}, but the encoder gives {encoder.output_shape}.",
            "The decoder takes the code and nothing else. Give it an input of its own: "
            "`keras.Input(shape=encoder.output_shape[1:])`.",
        )
    if decoder.output_shape != image:
        raise CheckFailed(
            f"{second.subject} a model that gives outputs of shape "
            f"{decoder.output_shape}, not {image}.",
            _output_hint(decoder.output_shape, side),
        )
    return encoder, decoder


def layers_of(model: Any) -> list[str]:
    """Return the kinds of all layers of a model, those in models inside it too."""
    return [type(layer).__name__ for layer in _leaves(model)]


def convolutions_of(model: Any) -> list[tuple[int, tuple[int, ...]]]:
    """Return channels and kernel of all convolutions of a model, in their order."""
    return [
        (int(layer.filters), tuple(layer.kernel_size))
        for layer in _leaves(model)
        if hasattr(layer, "filters") and hasattr(layer, "kernel_size")
    ]


def heights_of(model: Any) -> set[int | None]:
    """Return the heights of all feature maps in a model.

    The set is empty where they can't be told: a layer used twice has two outputs.
    """
    from cs5045ae.backend import keras

    found: set[int | None] = set()
    # A functional model's operations are its layers and what of keras.ops it calls.
    for part in getattr(model, "operations", model.layers):
        if isinstance(part, keras.Model):
            inside = heights_of(part)
            if not inside:
                return inside
            found |= inside
            continue
        try:
            shape = part.output.shape
        except (AttributeError, ValueError):
            return set()
        if len(shape) == 4:
            found.add(shape[1])
    return found


def pixels(answer: Answer, x_hat: np.ndarray) -> None:
    """Complain unless every pixel lies in [0, 1], whatever the others are."""
    hint = 'End with one sigmoid for each pixel: `activation="sigmoid"`.'
    if np.allclose(x_hat, 1, atol=1e-5):
        raise CheckFailed(
            f"{answer.subject} models whose output is 1 everywhere, for any code.",
            "A softmax over a single channel is always 1. " + hint,
        )
    Answer(x_hat, "The decoder's output is", answer.told).array(
        low=0, high=1, hint=hint
    )


def competing(answer: Answer, x_hat: np.ndarray) -> None:
    """Complain if pixels share a sum of 1. Sigmoids that are not near 0 do not."""
    for axes, where in (((1, 2), "image"), ((1,), "column"), ((2,), "row")):
        if x_hat.shape[axes[0]] > 1 and np.allclose(x_hat.sum(axis=axes), 1, atol=1e-4):
            raise CheckFailed(
                f"{answer.subject} models whose pixels sum to 1 in every {where}.",
                "A softmax lets pixels compete, as if they were classes. End with one "
                'sigmoid for each pixel: `activation="sigmoid"`.',
            )


def _plain_model(answer: Answer) -> Any:
    from cs5045ae.backend import keras

    model, subject = answer.value, answer.subject
    if isinstance(model, keras.callbacks.History):
        raise CheckFailed(
            f"{subject} a History, not a model.",
            "`fit` returns the losses; return the models that were fitted.",
        )
    if not isinstance(model, keras.Model):
        raise CheckFailed(
            f"{subject} {kind_of(model)}, not a Keras model.",
            "End with `return encoder, decoder`, two models made by "
            "`keras.Model(inputs, outputs)` or `keras.Sequential`.",
        )
    for layer in [model, *(_leaves(model) if _is_plain(model) else [])]:
        if not _is_plain(layer) or isinstance(layer, keras.layers.Lambda):
            raise CheckFailed(
                f"{subject} a model with a part of kind {type(layer).__name__}.",
                "Use functional or Sequential models of keras.layers, and no Lambda: "
                "Python code does not pass to where the check runs.",
            )
    if not model.built:
        raise CheckFailed(
            f"{subject} a Sequential model whose sizes are not known yet.",
            "Begin it with `keras.Input(shape=(...))`.",
        )
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise CheckFailed(
            f"{subject} a model of {len(model.inputs)} inputs and "
            f"{len(model.outputs)} outputs.",
            "One of each is due: all that the decoder knows has to pass through the "
            "code.",
        )
    return model


def _output_hint(shape: tuple[int | None, ...], side: int) -> str:
    if len(shape) != 4:
        return "An image has height, width and one channel."
    if shape[1:3] == (side, side):
        return "One channel is due at the end, as in the input."
    if all(size is not None and size > side for size in shape[1:3]):
        return (
            "Halving rounds up, so doubling overshoots: cut the rows and columns that "
            "are too many, with Cropping2D."
        )
    return (
        "Follow the sizes on paper, layer by layer, for this side. Is one of them "
        "halved that should not be, cut by a convolution without padding, or cropped "
        "by a fixed number?"
    )


def _leaves(model: Any) -> list[Any]:
    from cs5045ae.backend import keras

    found = []
    for layer in model.layers:
        if isinstance(layer, keras.Model) and _is_plain(layer):
            found += _leaves(layer)
        elif not isinstance(layer, keras.layers.InputLayer):
            found.append(layer)
    return found


def _is_plain(layer: Any) -> bool:
    return type(layer).__module__.partition(".")[0] in PLAIN
