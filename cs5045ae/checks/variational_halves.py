"""The two halves of a student's VAE: what they must be, and what they give."""

from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.models import model_of
from cs5045ae.checks.words import kind_of

__all__ = ["encode", "halves"]


def halves(answer: Answer, d: int, code_size: int) -> tuple[Any, Any]:
    """Return the models `(encoder, decoder)` of an answer, after a look at each.

    Raises
    ------
    CheckFailed
        Unless the encoder goes from `(n, d)` to mu and log_var, both
        `(n, code_size)`, and the decoder from `(n, code_size)` to `(n, d)`.
    """
    encoder, decoder = answer.parts("encoder", "decoder")
    return _two_heads(encoder, d, code_size), model_of(decoder, code_size, d)


def encode(model: Any, x: np.ndarray) -> list[np.ndarray]:
    """Return both outputs, whether the model gives a list, a tuple or a dict."""
    made = model(x.astype(np.float32))
    parts = [made["mu"], made["log_var"]] if isinstance(made, dict) else list(made)
    return [np.asarray(part, dtype=np.float64) for part in parts]


def _two_heads(answer: Answer, d: int, code_size: int) -> Any:
    """Return a functional model from `(n, d)` to mu and log_var."""
    from cs5045ae.backend import keras

    model = answer.value
    if not isinstance(model, keras.Model):
        raise CheckFailed(
            f"{answer.subject} {kind_of(model)}, not a Keras model.",
            "encoder = keras.Model(image, [mu, log_var]).",
        )
    outputs = getattr(model, "outputs", None)
    if not outputs or len(outputs) != 2:
        count = f"{len(outputs)} output(s)" if outputs else "no fixed outputs"
        raise CheckFailed(
            f"{answer.subject} a model with {count}, not two.",
            "The encoder is functional and returns a list of two, [mu, log_var]; the "
            "draw belongs to neither half.",
        )
    for name, output in zip(("mu", "log_var"), outputs, strict=True):
        head = keras.Model(model.inputs, output)
        model_of(
            Answer(head, f"In {answer.told}, {name} is", answer.told), d, code_size
        )
    return model
