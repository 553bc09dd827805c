"""The checks of exercise 02_basic on Keras networks: tasks 2, 5 and 7."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.arguments import look_at_arguments
from cs5045ae.checks.bars import mean_error, pca_error
from cs5045ae.checks.check import check
from cs5045ae.checks.digits import small_digits
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.linear import not_linear
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
OTHER_KINDS = re.compile("Dropout|Noise|Normalization")
IMAGES, CODE, EPOCHS, HIDDEN = 2000, 16, 40, 128
"""The training of task 7. Over eight seeds right answers, with either loss, ended at
0.67 to 0.89 of the error of PCA, and a tenth of the epochs at 1.7 of it and more; the
course's own network varies by a fifth from seed to seed, so it is no bar."""
FEW, OTHER = 32, 5  # images and code of the tiny trainings that look at the arguments


@check(task="2")
def check_build_sizes(build_autoencoder: Function, *, rng: np.random.Generator) -> str:
    """Compare the sizes of all layers, and the number of parameters."""
    for sizes in [SHOWN, (36, 24, 5), (20, 11, 3)]:
        answer, model = _built(build_autoencoder, *sizes)
        n, hidden, code = sizes
        layers = chain(answer, model)
        found = _distinct(widths(layers, n), n)
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
        if other := [name for name in map(_name, layers) if OTHER_KINDS.search(name)]:
            raise CheckFailed(
                f"{answer.subject} a model with a layer of kind {other[0]}.",
                "Four dense layers with their activations are due, and nothing else.",
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
        not_linear(answer, "hidden layer before the code", layers[:code], x)
        for variable in model.trainable_variables[-2:]:
            variable.assign(variable / 8)  # the last sigmoid must not saturate
        z = rng.random((30, found[code]))
        not_linear(answer, "decoder", layers[code + 1 :], z, squash=True)
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
    for hidden in [(14, 2, 3, 17, 9, 13), (14, 9, 12, 2, 17)]:
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
    model = _trained(answer, n, code_size)
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
    layers = chain(answer, model)
    code = widths(layers, n).index(code_size)
    shown, z = x_test[:100], run(layers[: code + 1], x_test[:100])
    not_linear(answer, "hidden layer before the code", layers[:code], shown)
    not_linear(answer, "decoder", layers[code + 1 :], z, squash=True)
    _heeds(train_autoencoder, x[:FEW, 60:100], seed)
    return (
        f"your network has an error of {error:.2f} on unseen digits, the mean image "
        f"{of_mean:.2f}, PCA of the same size {bar:.2f}"
    )


def _heeds(function: Function, x: np.ndarray, seed: int) -> None:
    """Train for a moment on other sizes, to see whether the arguments are used."""

    def trained(**arguments: Any) -> tuple[str, list[np.ndarray]]:
        answer = call(function, x=x, code_size=OTHER, **arguments)
        return answer.told, _trained(answer, x.shape[1], OTHER).get_weights()

    look_at_arguments(trained, seed, epochs=(1, 2))


def _name(layer: Any) -> str:
    return type(layer).__name__


def _built(function: Function, n: int, hidden: int, code: int) -> tuple[Answer, Any]:
    answer = call(function, input_size=n, hidden_size=hidden, code_size=code)
    return answer, model_of(answer, n, n)


def _trained(answer: Answer, n: int, code_size: int) -> Any:
    """Return the model of task 7, after a look at the width of its layers."""
    model = model_of(answer, n, n)
    found = widths(chain(answer, model), n)
    if min(found) != code_size:
        raise CheckFailed(
            f"{answer.subject} a model whose narrowest layer has {min(found)} nodes, "
            f"not {code_size}.",
            "The code layer has code_size nodes, and no layer has fewer.",
        )
    if _distinct(found, n) != [HIDDEN, code_size, HIDDEN, n]:
        raise CheckFailed(
            f"{answer.subject} layers of {_distinct(found, n)} nodes after the input, "
            f"not {[HIDDEN, code_size, HIDDEN, n]}.",
            f"Hidden layers of {HIDDEN} nodes stand before and after the code.",
        )
    return model


def _distinct(found: list[int], n: int) -> list[int]:
    """Leave out layers that keep the width, such as activations."""
    return [w for w, before in zip(found, [n, *found], strict=False) if w != before]


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
