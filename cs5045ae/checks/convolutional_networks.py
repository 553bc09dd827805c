"""The checks of exercise 07_convolutional on Keras networks: tasks 6 and 7."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.check import check
from cs5045ae.checks.convolutional_models import (
    competing,
    convolutions_of,
    halves,
    heights_of,
    layers_of,
    pixels,
)
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.models import run
from cs5045ae.reference.pca import reconstruction_error

__all__ = [
    "check_build_local",
    "check_build_shapes",
    "check_train_conv_autoencoder",
]

Function = Callable[..., Any]
CODE_SIZE, EPOCHS = 8, 25
"""The training of task 7, whose error has to be below that of PCA with such a code.

After 20 epochs right answers, resized or transposed, with either loss, stood at 0.73 to
0.92 of PCA's error over six seeds; after 10 at 0.92 to 1.44. A ReLU code ends at 1.36.
"""


@check(task="6")
def check_build_shapes(build_autoencoder: Function, *, rng: np.random.Generator) -> str:
    """Compare the shapes of code and image, for sides that are odd and even."""
    odd, even = int(rng.integers(9, 16)) * 2 + 1, int(rng.integers(9, 16)) * 2
    for side, channels in [(28, 16), (odd, 3), (even, 5), (16, 2)]:
        answer = call(build_autoencoder, side=side, channels=channels)
        encoder, _ = halves(answer, side)
        small = -(-side // 8)
        if encoder.output_shape != (None, small, small, channels):
            raise CheckFailed(
                f"{answer.subject} an encoder whose code has the shape "
                f"{encoder.output_shape}, not {(None, small, small, channels)}.",
                _code_hint(encoder.output_shape, side, small),
            )
        # A dense layer is the other check's affair.
        steps = set() if "Dense" in layers_of(encoder) else heights_of(encoder)
        if side == 16 and steps and not {8, 4} <= steps:
            raise CheckFailed(
                f"{answer.subject} an encoder that goes from 16 pixels to 2 in fewer "
                "than three steps.",
                "Halve three times: 16, 8, 4, 2. Each pooling takes windows of 2 by 2.",
            )
    return "28 becomes 14, 7 and 4 and comes back, and so do other sides"


@check(task="6")
def check_build_local(build_autoencoder: Function, *, rng: np.random.Generator) -> str:
    """Look for pixels in [0, 1], and for parts that see parts."""
    side = 64
    answer = call(build_autoencoder, side=side, channels=6)
    encoder, decoder = halves(answer, side)
    for half in (encoder, decoder):
        _new_weights(half, rng, signed=False)
    x = rng.random((4, side, side, 1))
    other = x.copy()
    other[:, :8, :8] = 1 - other[:, :8, :8]
    _spread(run([encoder], x), run([encoder], other), answer, "number of the code")
    z = run([encoder], x)
    other = z.copy()
    other[:, :1, :1] += 5 * (1 + np.abs(z).max())
    before, after = run([decoder], z), run([decoder], other)
    competing(answer, before)
    for _ in range(2):
        _new_weights(decoder, rng, signed=True)
        pixels(answer, run([decoder], 100 * z))
    _spread(before, after, answer, "pixel")
    return "pixels stay between 0 and 1, and every part depends on its neighbourhood"


@check(task="7")
def check_train_conv_autoencoder(
    train_autoencoder: Function, *, rng: np.random.Generator
) -> str:
    """Look at the code's size, and at how well unseen digits come back."""
    x, x_test = _digits(rng)
    seed = int(rng.integers(1000))
    answer = call(train_autoencoder, x=x, code_size=CODE_SIZE, epochs=EPOCHS, seed=seed)
    encoder, decoder = halves(answer, 14)
    numbers = int(np.prod(encoder.output_shape[1:]))
    if numbers > CODE_SIZE:
        raise CheckFailed(
            f"{answer.subject} an encoder whose code of shape "
            f"{encoder.output_shape[1:]} has {numbers} numbers; at most {CODE_SIZE} "
            "are due.",
            "A feature map is nearly a copy of the image. End the encoder with "
            "`Flatten()` and `Dense(code_size)`.",
        )
    for name, model in (("encoder", encoder), ("decoder", decoder)):
        if not any("Conv" in kind for kind in layers_of(model)):
            raise CheckFailed(
                f"{answer.subject} {'an' if name[0] == 'e' else 'a'} {name} without a "
                "convolution.",
                "Two convolutions with pooling come before the code; the way back has "
                "convolutions, too.",
            )
    if convolutions_of(encoder)[:2] != [(16, (3, 3)), (32, (3, 3))]:
        raise CheckFailed(
            f"{answer.subject} an encoder that does not begin with convolutions of 3 "
            "by 3 with 16 and with 32 channels.",
            'Twice a `Conv2D(channels, 3, padding="same")` and a '
            '`MaxPooling2D(2, padding="same")`, first with 16 channels, then with 32.',
        )
    x_hat = run([encoder, decoder], x_test)
    pixels(answer, x_hat)
    competing(answer, x_hat)
    error, of_mean, of_pca = _errors(x, x_test, x_hat)
    if not error < of_pca:
        raise CheckFailed(
            f"{answer.subject} models with an error of {error:.2f} on unseen digits; "
            f"PCA with {CODE_SIZE} components has {of_pca:.2f}, the mean image "
            f"{of_mean:.2f}.",
            _training_hint(x_hat, x_test, error > 0.95 * of_mean),
        )
    return (
        f"on unseen digits your network has an error of {error:.2f}, PCA with a code "
        f"of equal size {of_pca:.2f}, the mean image {of_mean:.2f}"
    )


def _code_hint(shape: tuple[int | None, ...], side: int, small: int) -> str:
    if len(shape) != 4:
        return "The code is a feature map: no Flatten, no dense layer."
    if shape[1:3] == (small, small):
        return "The last convolution of the encoder has `channels` filters."
    if shape[1] == side // 8:
        return 'Each halving rounds up: `padding="same"` in the pooling.'
    if shape[1] in (-(-side // 16), -(-side // 4), -(-side // 2), side):
        return "Halve three times."
    return 'Have all convolutions and poolings `padding="same"`?'


def _new_weights(model: Any, rng: np.random.Generator, signed: bool) -> None:
    """Draw every weight anew, so that no start hides a property.

    Unsigned, all are positive and no unit is dead. Vectors are always positive: the
    variances of a batch normalisation are among them.
    """
    drawn = []
    for w in model.get_weights():
        sign = rng.choice([-1, 1], size=w.shape) if signed and w.ndim > 1 else 1
        reach = np.prod(w.shape[:-1]) if w.ndim > 1 else 10
        if signed and w.ndim > 1:
            reach = np.sqrt(reach)
        drawn.append(sign * rng.uniform(0.5, 1.5, size=w.shape) / reach)
    model.set_weights(drawn)


def _spread(before: np.ndarray, after: np.ndarray, answer: Answer, what: str) -> None:
    """Complain unless a change in the top left corner is seen there, and only there."""
    changed = np.abs(after - before).max(axis=(0, 3)) > 1e-9
    half = len(changed) // 2
    if not changed[:half, :half].any():
        raise CheckFailed(
            f"{answer.subject} models in which no {what} notices a change in the top "
            "left corner.",
            "Is every layer applied to the output of the one before it?",
        )
    if changed[-1, -1]:
        raise CheckFailed(
            f"{answer.subject} models in which a change in the top left corner reaches "
            f"the {what} at the bottom right.",
            "Use convolutions, pooling, upsampling and cropping alone; a dense layer, "
            "or a mean over the whole image, mixes everything with everything.",
        )


def _training_hint(x_hat: np.ndarray, x_test: np.ndarray, nothing: bool) -> str:
    """Say why models that do not pass probably don't."""
    if x_hat.mean() < 0.1 * x_test.mean():
        return (
            "Your network draws black images: the pixels of x lie in [0, 1] already, "
            "do not divide them again. The absolute error as a loss ends here, too: "
            "its best guess is the median, and most pixels are black."
        )
    if np.abs(x_hat - x_hat[:1]).max() < 1e-3:
        return (
            "Every image gives the same output. Does the decoder's input come from the "
            "encoder, and is the code layer free of ReLU?"
        )
    if nothing:
        return (
            "It has learnt next to nothing. Are the models that you return the very "
            "ones that were trained, with the images as input and as target?"
        )
    return (
        "Adam(0.003), batches of 32, all images and all epochs; 16 and 32 channels "
        "with ReLU, and a code layer without."
    )


def _errors(
    x: np.ndarray, x_test: np.ndarray, x_hat: np.ndarray
) -> tuple[float, float, float]:
    """Return the test errors of a reconstruction, of the mean image, and of PCA."""
    train, test, built = (a.reshape(len(a), -1) for a in (x, x_test, x_hat))
    mean = train.mean(axis=0, dtype=np.float64)
    _, _, directions = np.linalg.svd(train - mean, full_matrices=False)
    first = directions[:CODE_SIZE]
    flat = (test - mean) @ first.T @ first + mean
    constant = np.broadcast_to(mean, test.shape)
    return (
        reconstruction_error(test, built),
        reconstruction_error(test, constant),
        reconstruction_error(test, flat),
    )


def _digits(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw 1,000 digits for training; all test digits; 14 x 14 pixels each."""
    from cs5045ae.data import load_mnist

    (x, _), (x_test, _) = load_mnist("small", shape=(28, 28))
    some = x[rng.permutation(len(x))[:1000]]
    first, second = (
        part.reshape(-1, 14, 2, 14, 2, 1).mean(axis=(2, 4)) for part in (some, x_test)
    )
    return first, second
