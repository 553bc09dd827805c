"""The checks of exercise 09_variational on a trained VAE: task 7."""

from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer
from cs5045ae.checks.check import check
from cs5045ae.checks.digits import small_digits
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.models import bounded_output, call_training, model_of, run
from cs5045ae.checks.variational import Function
from cs5045ae.checks.words import kind_of
from cs5045ae.reference import variational

__all__ = ["check_train_vae", "check_train_vae_beta"]

CODE = 8
IMAGES, EPOCHS, SHARE = 2000, 12, 0.13
"""The first training, and how much of the way from the blind guess to the floor is due.

On unseen 14 x 14 digits a blind guess costs 52.5 nats and a perfect image 21.5. Over
three seeds right answers (Adam or a rate of 0.003, batches of 32 or 100, one hidden
layer or two) end at 45.1 to 46.4 nats in all, 0.20 to 0.24 of that way, with a KL of
3.7 to 5.2; a mean over the pixels ends at 53, a mean over the code at 53.5 with a KL
of 18, a draw left out at 78.
"""
UNTRAINED = 1.5  # times the blind cost; a network that collapsed stays below
FEWEST = 2.7  # nats of KL; a KL that counts twice leaves 1.8
FEW, FEW_EPOCHS, WEAK, AT_LEAST, AT_MOST = 1000, 10, 0.2, 7.0, 25.0
"""The second training: a weak beta, and the nats of KL that it must let through.

Over four seeds right answers have 9.6 to 14.6 nats; where beta is not used there are
3.6 to 4.5, with a mean over the code 40.
"""


@check(task="7")
def check_train_vae(train_vae: Function, *, rng: np.random.Generator) -> str:
    """Compute the ELBO of unseen digits with draws of the judge's own."""
    x, x_test = small_digits(rng, IMAGES)
    answer, found = _trained(train_vae, x, x_test, 1.0, EPOCHS, rng)
    blind = float(
        variational.bernoulli_nats(
            x_test, np.tile(x.mean(axis=0), (len(x_test), 1))
        ).mean()
    )
    floor = float(variational.bernoulli_nats(x_test, x_test).mean())
    bar = blind - SHARE * (blind - floor)
    error, kl, loss, by_mean = found
    told = (
        f"{answer.subject} a VAE that costs {loss:.1f} nats an unseen digit "
        f"(reconstruction {error:.1f}, KL {kl:.1f})"
    )
    if kl < FEWEST and by_mean < UNTRAINED * blind:
        raise CheckFailed(
            f"{told}; its code carries hardly anything. Without a code a digit costs "
            f"{blind:.1f}.",
            "Posterior collapse: the KL weighs too much. Sum the cross-entropy over "
            "the pixels, do not average it; and keep the 1/2 of the KL. mu and log_var "
            "have no activation.",
        )
    if not loss <= bar:
        raise CheckFailed(
            f"{told}; at most {bar:.1f} is due, and without any code it costs "
            f"{blind:.1f}.",
            _diagnosis(error, kl, by_mean, blind),
        )
    return (
        f"unseen digits cost {loss:.1f} nats (reconstruction {error:.1f}, KL "
        f"{kl:.1f}), without a code {blind:.1f}"
    )


def _diagnosis(error: float, kl: float, by_mean: float, blind: float) -> str:
    if by_mean >= UNTRAINED * blind:
        return (
            "It draws no digits. Is the model compiled, and fitted to (x, x) for all "
            "epochs? Do encoder and decoder belong to what was trained?"
        )
    if error > by_mean + 8:
        return (
            "Decoded from mu its images are good, from a draw they are not: in "
            "training the decoder has to see mu + exp(log_var / 2) * eps, with new "
            "eps in every batch."
        )
    if kl > 9:
        return (
            "The KL is too large, so it weighs too little in your loss: sum it over "
            "the code (no mean), average it over the images, and add it to the loss "
            "that is trained."
        )
    return (
        "Binary cross-entropy summed over the pixels, plus beta times the KL summed "
        "over the code; a hidden layer of 128 ReLU nodes on each side, batches of 32, "
        "Adam, all epochs."
    )


@check(task="7")
def check_train_vae_beta(train_vae: Function, *, rng: np.random.Generator) -> str:
    """With a weak beta the code has to carry more."""
    x, x_test = small_digits(rng, FEW)
    answer, found = _trained(train_vae, x, x_test, WEAK, FEW_EPOCHS, rng)
    error, kl = found[:2]
    told = (
        f"{answer.subject} a VAE with a KL of {kl:.1f} nats (reconstruction "
        f"{error:.1f})"
    )
    if kl < AT_LEAST:
        raise CheckFailed(
            f"{told}; for so weak a beta at least {AT_LEAST:g} nats are due.",
            "The KL in the TRAINED loss is multiplied by beta: is beta used there, and "
            "is the cross-entropy summed over the pixels?",
        )
    if kl > AT_MOST:
        raise CheckFailed(
            f"{told}; at most {AT_MOST:g} nats are due.",
            "The KL weighs too little in the TRAINED loss: sum it over the code, and "
            "multiply it by beta.",
        )
    return f"with beta = {WEAK:g} the code carries {kl:.1f} nats"


def _trained(
    train_vae: Function,
    x: np.ndarray,
    x_test: np.ndarray,
    beta: float,
    epochs: int,
    rng: np.random.Generator,
) -> tuple[Answer, tuple[float, float, float, float]]:
    """Train; return the terms of unseen digits, and the error of decoded means."""
    d, seed = x.shape[1], int(rng.integers(1000))
    answer = call_training(
        train_vae, x=x, code_size=CODE, beta=beta, epochs=epochs, seed=seed
    )
    encoder, decoder = answer.parts("encoder", "decoder")
    first, second = _two_heads(encoder, d), model_of(decoder, CODE, d)
    mu, log_var = (
        Answer(part, f"{encoder.subject} a model whose {name} is", answer.told).array(
            (len(x_test), CODE)
        )
        for part, name in zip(_encode(first, x_test), ("mu", "log_var"), strict=True)
    )
    eps = rng.standard_normal(mu.shape)
    z = variational.reparameterize(mu, log_var, eps)
    hint = 'End with one sigmoid for each pixel, `activation="sigmoid"`.'
    x_hat, x_mean = bounded_output(decoder, second, z, hint), run([second], mu)
    terms = variational.elbo_terms(x_test, x_hat, mu, log_var, 1.0)
    return answer, (*terms, float(variational.bernoulli_nats(x_test, x_mean).mean()))


def _two_heads(answer: Answer, d: int) -> Any:
    """Return a functional model from (n, d) to [mu, log_var], both (n, CODE)."""
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
        model_of(Answer(head, f"In {answer.told}, {name} is", answer.told), d, CODE)
    return model


def _encode(model: Any, x: np.ndarray) -> list[np.ndarray]:
    """Return both outputs, whether the model gives a list, a tuple or a dict."""
    made = model(x.astype(np.float32))
    parts = [made["mu"], made["log_var"]] if isinstance(made, dict) else list(made)
    return [np.asarray(part, dtype=np.float64) for part in parts]
