"""The checks of exercise 02_basic on Keras networks: tasks 2, 5 and 7."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.bars import mean_error, pca_error
from cs5045ae.checks.check import check
from cs5045ae.checks.digits import small_digits
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.models import chain, model_of, randomize, run, widths
from cs5045ae.reference import basic, pca

__all__ = [
    "check_build_output",
    "check_build_sizes",
    "check_split",
    "check_split_other",
    "check_train_autoencoder",
]

Function = Callable[..., Any]
SHOWN = (784, 128, 32)
IMAGES, CODE, EPOCHS = 2000, 16, 40
"""The training of task 7. Over eight seeds right answers, with either loss, ended at
0.67 to 0.89 of the error of PCA, and a tenth of the epochs at 1.7 of it and more; the
course's own network varies by a fifth from seed to seed, so it is no bar."""


@check(task="2")
def check_build_sizes(build_autoencoder: Function, *, rng: np.random.Generator) -> str:
    """Compare the sizes of all layers, and the number of parameters."""
    for sizes in [SHOWN, (36, 24, 5), (20, 11, 3)]:
        answer, model = _built(build_autoencoder, *sizes)
        n, hidden, code = sizes
        found = _distinct(widths(chain(answer, model), n))
        want = [hidden, code, hidden, n]
        if found != want:
            raise CheckFailed(
                f"{answer.subject} layers of {found} nodes after the input, not "
                f"{want}.",
                _wrong_sizes(found, *sizes),
            )
        due = basic.count_parameters([n, *want])
        if model.count_params() != due:
            biases = sum(want)
            raise CheckFailed(
                f"{answer.subject} a model of {model.count_params():,} parameters, "
                f"not {due:,}.",
                "Every dense layer has biases: leave `use_bias` as it is."
                if due - biases <= model.count_params() < due
                else "Four dense layers are due, with weights and biases, and no "
                "other layer that has parameters.",
            )
    return "your network has the right layers and 209,968 parameters for 784, 128, 32"


@check(task="2")
def check_build_output(build_autoencoder: Function, *, rng: np.random.Generator) -> str:
    """Look for pixels in [0, 1], each on its own, and halves that are not linear."""
    for sizes in [(36, 24, 5), (20, 11, 3)]:
        answer, model = _built(build_autoencoder, *sizes)
        x = rng.random((30, sizes[0]))
        randomize(model, rng, 4.0)
        _pixels(answer, run([model], x))
        layers = chain(answer, model)
        found = widths(layers, sizes[0])
        code = found.index(sizes[2]) if sizes[2] in found else 0
        # Without the code's own layer: it may have an activation, the hidden one must.
        _not_linear(answer, "hidden layer before the code", layers[:code], x)
        for variable in model.trainable_variables[-2:]:
            variable.assign(variable / 8)  # the last sigmoid must not saturate
        z = rng.random((30, found[code]))
        _not_linear(answer, "decoder", layers[code + 1 :], z, squash=True)
    return "each pixel stays between 0 and 1 on its own, and no half is linear"


@check(task="5")
def check_split(split: Function, *, rng: np.random.Generator) -> str:
    """Let the encoder end at the code, and the halves give what the whole gives."""
    for sizes in [(20, 11, 3), (36, 24, 5)]:
        model = basic.build_autoencoder(*sizes)
        _halves(split, model, sizes[2], rng)
    return "your two halves, one after the other, give what the whole network gives"


@check(task="5")
def check_split_other(split: Function, *, rng: np.random.Generator) -> str:
    """Cut networks with more layers, of other make, and not symmetric."""
    from cs5045ae.backend import keras

    dense, relu = keras.layers.Dense, keras.layers.ReLU
    _halves(split, basic.build_autoencoder(30, [16, 9], 4), 4, rng)
    _halves(split, basic.build_autoencoder(25, [], 6), 6, rng)
    # The code left and right of the middle, whether or not the input layer counts.
    for hidden in [(14, 2, 17, 9, 13), (14, 9, 12, 2, 17)]:
        lopsided = x = keras.Input(shape=(22,))
        for nodes in hidden:
            x = dense(nodes, activation="tanh")(x)
        x = dense(22, activation="sigmoid")(x)
        _halves(split, keras.Model(lopsided, x), 2, rng)
    separate = x = keras.Input(shape=(18,))
    for nodes in (12, 4, 12):
        x = relu()(dense(nodes)(x))
    x = keras.layers.Activation("sigmoid")(dense(18)(x))
    _halves(split, keras.Model(separate, x), 4, rng)
    return "deeper, flatter and lopsided networks are cut at their code as well"


@check(task="7")
def check_train_autoencoder(
    train_autoencoder: Function, *, rng: np.random.Generator
) -> str:
    """Look at the code's size, and at how well unseen digits come back."""
    x, x_test = small_digits(rng, IMAGES)
    code_size, epochs, seed = CODE, EPOCHS, int(rng.integers(1000))
    answer = call(train_autoencoder, x=x, code_size=code_size, epochs=epochs, seed=seed)
    n = x.shape[1]
    model = model_of(answer, n, n)
    narrowest = min(widths(chain(answer, model), n))
    if narrowest != code_size:
        raise CheckFailed(
            f"{answer.subject} a model whose narrowest layer has {narrowest} nodes, "
            f"not {code_size}.",
            "The code layer has code_size nodes, and no layer has fewer.",
        )
    x_hat = run([model], x_test)
    _pixels(answer, x_hat)
    error = pca.reconstruction_error(x_test, x_hat)
    told = f"{answer.subject} a model with an error of {error:.2f} on unseen digits"
    of_mean = mean_error(x, x_test)
    if error > 0.95 * of_mean:
        raise CheckFailed(
            f"{told}; the mean image alone has {of_mean:.2f}.",
            "Your network draws black images: the pixels of x lie in [0, 1] already, "
            "do not divide them again."
            if x_hat.mean() < 0.1 * x_test.mean()
            else "It has learnt next to nothing. Is it compiled with "
            '`optimizer="adam"` and a loss that fits its output, and fitted to '
            "(x, x)?",
        )
    bar = pca_error(x, x_test, code_size)
    if not error <= bar:
        raise CheckFailed(
            f"{told}, PCA with {code_size} components one of {bar:.2f}.",
            "Train for all epochs, with Adam as it is, the default batch size of 32 "
            "and all images, and with hidden layers of 128 nodes before and after the "
            "code.",
        )
    return (
        f"your network has an error of {error:.2f} on unseen digits, the mean image "
        f"{of_mean:.2f}, PCA of the same size {bar:.2f}"
    )


def _built(function: Function, n: int, hidden: int, code: int) -> tuple[Answer, Any]:
    answer = call(function, input_size=n, hidden_size=hidden, code_size=code)
    return answer, model_of(answer, n, n)


def _distinct(found: list[int]) -> list[int]:
    """Leave out layers that keep the width, such as activations."""
    return [w for w, before in zip(found, [0, *found], strict=False) if w != before]


def _wrong_sizes(found: list[int], n: int, hidden: int, code: int) -> str:
    if found == [code, hidden, code, n]:
        return "The two sizes are exchanged: the code is the layer in the middle."
    if found in ([hidden, code, n], [code, hidden, n]):
        return "The decoder has a hidden layer too, as wide as the encoder's."
    if code not in found:
        return "The code layer is missing, or has another size than code_size."
    return "Input, hidden, code, hidden, output: four dense layers after the input."


def _pixels(answer: Answer, x_hat: np.ndarray) -> None:
    """Complain unless every pixel lies in [0, 1], whatever the others are."""
    hint = 'Give the output layer `activation="sigmoid"`, one for each pixel.'
    if np.allclose(x_hat.sum(axis=1), 1, atol=1e-3):
        raise CheckFailed(
            f"{answer.subject} a model whose pixels sum to 1 in every image.",
            f"That is a softmax, but pixels are not classes of one choice. {hint}",
        )
    told = Answer(x_hat, f"{answer.subject} a model whose output is", answer.told)
    told.array(low=0, high=1, hint=hint)


def _not_linear(
    answer: Answer, name: str, part: list[Any], x: np.ndarray, squash: bool = False
) -> None:
    if part and _is_affine(part, x, squash):  # other sizes leave a part empty
        raise CheckFailed(
            f"{answer.subject} a model whose {name} is a linear map.",
            'Give each hidden layer an activation, such as "relu". Without it two '
            "dense layers do no more than one.",
        )


def _is_affine(layers: list[Any], x: np.ndarray, squash: bool) -> bool:
    """Tell whether f(a) + f(b) = f(a + b) + f(0), before the last sigmoid if any."""
    a, b = x[0::2] / 2, x[1::2] / 2
    values = [run(layers, v) for v in (a, b, a + b, 0 * a)]
    if squash:
        values = [np.log(v / (1 - v)) for v in (v.clip(1e-6, 1 - 1e-6) for v in values)]
    gap = values[0] + values[1] - values[2] - values[3]
    return bool(np.abs(gap).max() < 1e-2 * max(1.0, np.abs(values[2]).max()))


def _halves(
    split: Function, model: Any, code_size: int, rng: np.random.Generator
) -> None:
    """Complain unless the halves meet at the code and make up the whole."""
    randomize(model, rng, 1.5)
    n = model.input_shape[-1]
    x = rng.random((6, n))
    want = run([model], x)
    encoder, decoder = call(split, autoencoder=model).parts("encoder", "decoder")
    sizes = [getattr(half.value, "input_shape", None) for half in (encoder, decoder)]
    meet = (
        "The order is encoder, decoder."
        if sizes == [(None, code_size), (None, n)]
        else "The two meet at the narrowest layer, wherever it stands: look for it in "
        "the widths of all layers."
    )
    first = model_of(encoder, n, code_size, meet)
    second = model_of(decoder, code_size, n, meet)
    z = run([first], x)
    Answer(run([second], z), "decoder(encoder(x)) gives", encoder.told).close(
        want,
        hint="Use the layers of the autoencoder itself, all of them and in order: new "
        "layers are untrained, and one left out changes the image.",
        rtol=1e-3,
        atol=1e-4,
    )
