"""What the bank can't say of 09_variational: other seeds, what is told, and why."""

import numpy as np
import pytest

from cs5045ae.checks import (
    CheckFailed,
    variational,
    variational_choice,
    variational_codes,
    variational_loss,
    variational_training,
)
from cs5045ae.reference import variational as ref
from cs5045ae.reference import variational_networks as networks
from tests.checks.wrong import message, zeros_of

LIGHT = {
    variational.check_reparameterize: ref.reparameterize,
    variational.check_reparameterize_edges: ref.reparameterize,
    variational.check_kl: ref.kl_to_standard_normal,
    variational.check_kl_edges: ref.kl_to_standard_normal,
    variational_loss.check_elbo_terms: ref.elbo_terms,
    variational_loss.check_elbo_beta: ref.elbo_terms,
    variational_codes.check_generate: ref.generate,
    variational_codes.check_generate_draws: ref.generate,
    variational_codes.check_interpolate: ref.interpolate,
    variational_choice.check_choose_beta: ref.choose_beta,
    variational_choice.check_choose_beta_edges: ref.choose_beta,
}

Terms = variational_training._Terms


@pytest.mark.usefixtures("any_seed")
def test_right_answers_pass_with_any_seed():
    for check, right in LIGHT.items():
        check(right)


@pytest.mark.parametrize("check", LIGHT, ids=lambda check: check.__name__)
def test_zeros_of_the_right_shape_pass_nowhere(check):
    message(check, zeros_of(LIGHT[check]))


@pytest.mark.parametrize(
    ("check", "wrong", "shown"),
    [
        (variational.check_reparameterize, lambda mu, _, eps: mu * eps - 9, "2"),
        (variational.check_kl, lambda mu, _: mu[:, 0] + 9, "1.11579"),
        (variational_loss.check_elbo_terms, lambda *_: (9.0, 9.0, 9.0), "1.90"),
        (variational_codes.check_interpolate, lambda a, _, n: np.zeros((n, 2)), "2"),
        (variational_choice.check_choose_beta, lambda *_: 77.0, "1"),
    ],
    ids=lambda part: getattr(part, "__name__", ""),
)
def test_the_right_value_is_told_for_the_shown_case_alone(check, wrong, shown):
    told = message(check, wrong)
    assert "the right value is" in told
    right, calls = LIGHT[check], []

    def right_once(*arguments):
        calls.append(1)
        made = right(*arguments)
        if len(calls) == 1:
            return made
        if isinstance(made, tuple):
            return tuple(part + 0.5 for part in made)
        return np.asarray(made) + 0.5

    told = message(check, right_once)
    assert "off by" in told
    assert "the right value" not in told


def draw_clipped(mu, log_var, eps):
    return ref.reparameterize(mu, np.clip(log_var, -20, 20), eps)


def draw_above_zero(mu, log_var, eps):
    return ref.reparameterize(np.abs(mu), log_var, eps)


def kl_clipped(mu, log_var):
    return ref.kl_to_standard_normal(mu, np.maximum(log_var, -20))


def kl_of_near_means(mu, log_var):
    return ref.kl_to_standard_normal(np.clip(mu, -10, 10), log_var)


def kl_of_small_variances(mu, log_var):
    return ref.kl_to_standard_normal(mu, np.minimum(log_var, 7))


def kl_without_its_axis(mu, log_var):
    return np.squeeze(ref.kl_to_standard_normal(mu, log_var))


def elbo_clipped_early(x, x_hat, *rest):
    return ref.elbo_terms(x, np.clip(x_hat, 1e-3, 1 - 1e-3), *rest)


def elbo_not_clipped(x, x_hat, *rest):
    x_hat = np.clip(np.asarray(x_hat, dtype=float), 1e-15, 1 - 1e-15)
    right = ref.elbo_terms(x, x_hat, *rest)
    nats = -(x * np.log(x_hat) + (1 - x) * np.log(1 - x_hat)).sum(axis=1).mean()
    return nats, right[1], nats + rest[2] * right[1]


@pytest.mark.parametrize(
    ("check", "wrong"),
    [
        (variational.check_reparameterize, draw_above_zero),
        (variational.check_reparameterize_edges, draw_clipped),
        (variational.check_kl_edges, kl_clipped),
        (variational.check_kl_edges, kl_of_near_means),
        (variational.check_kl_edges, kl_of_small_variances),
        (variational.check_kl_edges, kl_without_its_axis),
        (variational_loss.check_elbo_terms, elbo_clipped_early),
        (variational_loss.check_elbo_terms, elbo_not_clipped),
    ],
)
@pytest.mark.usefixtures("any_seed")
def test_what_holds_for_ordinary_numbers_alone_fails(check, wrong):
    message(check, wrong)


@pytest.mark.parametrize(
    ("bracket", "words"),
    [
        (lambda m, v: np.exp(v) - 1 - v, "The squared mean is missing"),
        (lambda m, v: m + np.exp(v) - 1 - v, "mu is squared in the formula"),
        (lambda m, v: m**2 + np.exp(v) - 1, "log_var is missing"),
        (lambda m, v: m**2 - 1 - v, "exp(log_var), is missing"),
        (lambda m, v: m**2 + np.exp(v) - v, "The -1 is missing"),
        (lambda m, v: m**2 + np.exp(v) + 1 - v, "The 1 has the wrong sign"),
        (lambda m, v: m**2 + np.exp(v) - 1 + v, "The sign of log_var is turned"),
        (lambda m, v: m**2 + np.exp(v / 2) - 1 - v, "the variance is due here"),
        (lambda m, v: m**2 + np.exp(2 * v) - 1 - v, "it is not squared"),
        (lambda m, v: m**2 + np.exp(2 * v) - 1 - 2 * v, "do not double log_var"),
        (lambda m, v: m**2 + np.exp(v) - 1 - v**2 / 4, "the square of the logarithm"),
    ],
)
def test_a_wrong_term_of_the_kl_is_named(bracket, words):
    def kl(mu, log_var):
        return bracket(mu, log_var).sum(axis=1) / 2

    assert words in message(variational.check_kl_edges, kl)


def drawn(make):
    """Decode codes that `make(rng, n, k)` draws."""

    def generate(decoder, code_size, n_samples, seed):
        z = make(np.random.default_rng(seed), n_samples, code_size)
        return np.asarray(decoder(z.astype(np.float32)))

    return generate


@pytest.mark.usefixtures("any_seed")
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda r, n, k: r.laplace(0, 0.5**0.5, (n, k)), "another shape"),
        (lambda r, n, k: r.uniform(-(3**0.5), 3**0.5, (n, k)), "another shape"),
        (lambda r, n, k: np.tile(r.normal(size=(n, 1)), k), "same value in every"),
        (lambda r, n, k: np.tile(r.normal(size=k), (n, 1)), "same values in many"),
        (lambda r, n, k: np.tile(r.normal(size=(20, k)), (75, 1)), "in many rows"),
        (
            lambda r, n, k: r.normal(size=(n, k)) + 0.4 * (np.arange(k) == k - 1),
            "in column 3",
        ),
        (
            lambda r, n, k: r.normal(size=(n, k)) * (1 + 0.3 * (np.arange(k) == 1)),
            "in column 1",
        ),
        (lambda r, n, k: r.normal(size=(n, k)) * 0.8, "standard deviation of 0."),
        (lambda r, n, k: r.random((n, k)), "draws evenly between 0 and 1"),
        (
            lambda r, n, k: np.vstack([(z := r.normal(size=(n // 2, k))), -z]),
            "with the sign turned",
        ),
        (
            lambda r, n, k: np.roll(z := r.normal(size=(n, k)), 1, 0) * 0.6 - 0.8 * z,
            "depend on one another",
        ),
        (
            lambda r, n, k: 0.8 * r.normal(size=(n, k)) + 0.6 * r.normal(size=(n, 1)),
            "depend on one another",
        ),
    ],
)
def test_codes_that_are_no_independent_normal_draws_are_told_apart(make, words):
    assert words in message(variational_codes.check_generate_draws, drawn(make))


@pytest.mark.parametrize(
    ("generate", "words"),
    [
        (
            lambda dec, k, n, s: np.random.default_rng(s).normal(
                size=(n, dec.output_shape[1])
            ),
            "Draw codes, not pixels",
        ),
        (drawn(lambda r, n, k: np.random.default_rng().normal(size=(n, k))), "other"),
        (drawn(lambda r, n, k: np.random.default_rng(0).normal(size=(n, k))), "same"),
        (
            lambda dec, k, n, s: np.asarray(
                dec(
                    np.stack(
                        [np.random.default_rng(s + i).normal(size=k) for i in range(n)]
                    )
                )
            ),
            "is the first draw of another seed",
        ),
        (lambda dec, k, n, s: np.zeros((n, k)), "pass them through the decoder"),
        (lambda dec, k, n, s: np.zeros(dec.output_shape[1]), "One row for each image"),
    ],
)
def test_images_are_what_the_decoder_makes_of_the_seed(generate, words):
    assert words in message(variational_codes.check_generate, generate)


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        # From trainings that went wrong in the way that the sentence names.
        (Terms(76.2, 1.1, 77.3, 35.9, 60.0, 88.0), "Decoded from mu its images"),
        (Terms(64.4, 0.8, 65.2, 55.0, 65.0, 66.0), "It draws no digits"),
        (Terms(137.0, 0.0, 137.0, 136.0, 137.0, 137.0), "It draws no digits"),
        (Terms(53.8, 0.0, 53.8, 60.1, 53.9, 53.8), "Posterior collapse"),
        (Terms(46.1, 1.9, 48.0, 43.4, 47.2, 48.6), "keep the 1/2 of the KL"),
        (Terms(36.6, 41.3, 77.9, 36.6, 77.0, 78.0), "all its four terms"),
        (Terms(35.4, 13.5, 48.9, 34.9, 50.0, 48.0), "sum it over the code"),
        (Terms(45.7, 4.2, 50.0, 43.4, 50.3, 50.4), "all epochs"),
        (Terms(42.6, 4.3, 47.0, 38.4, 46.9, 48.2), "too large: with 0.5 more"),
        (Terms(42.6, 4.3, 46.9, 38.4, 46.9, 47.9), "new eps in every batch"),
        (Terms(38.2, 8.9, 47.0, 36.5, 48.1, 46.5), "too small: with 0.5 more"),
        (Terms(38.2, 8.9, 47.0, 36.5, 47.9, 47.0), "with one factor 1/2"),
    ],
)
def test_a_training_that_went_wrong_is_told_why(monkeypatch, terms, words):
    told = stand_in(monkeypatch, terms)
    assert words in message(variational_training.check_train_vae, told)


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (Terms(46.5, 6.5, 53.0, 37.7, 50.0, 55.0), "Decoded from mu its images"),
        (Terms(47.0, 3.9, 50.9, 44.7, 51.0, 51.0), "is beta used there"),
        (Terms(137.0, 0.1, 137.0, 130.0, 51.0, 51.0), "is beta used there"),
        (Terms(38.9, 33.1, 72.0, 38.7, 73.0, 71.0), "multiply it by beta"),
        (Terms(38.9, 25.5, 64.4, 38.7, 65.0, 63.0), "multiply it by beta"),
        (Terms(43.0, 6.5, 49.5, 41.0, 50.0, 50.0), "is beta used there"),
        (Terms(42.8, 8.5, 44.5, 41.3, 44.0, 44.87), "with no root"),
        (Terms(43.0, 10.8, 45.0, 41.3, 44.6, 45.71), "too large for this beta"),
    ],
)
def test_a_weak_beta_that_does_not_show_is_told_why(monkeypatch, terms, words):
    told = stand_in(monkeypatch, terms)
    assert words in message(variational_training.check_train_vae_beta, told)


@pytest.mark.parametrize(
    "terms",
    [
        Terms(42.5, 3.6, 46.4, 40.4, 46.5, 47.0),
        Terms(39.1, 5.5, 44.6, 36.3, 45.1, 45.1),
    ],
)
def test_the_ends_of_what_right_trainings_gave_pass(monkeypatch, terms):
    variational_training.check_train_vae(stand_in(monkeypatch, terms))
    for kl in (8.6, 15.4):
        # The lean of a weak beta has ends of its own.
        found = terms._replace(kl=kl, narrower=44.0, wider=44.15)
        weak = stand_in(monkeypatch, found)
        variational_training.check_train_vae_beta(weak)


def stand_in(monkeypatch, terms):
    """Let the checks find these terms without a training."""
    found = variational_training.Answer(None, "train_vae(...) returned", "train_vae")
    monkeypatch.setattr(variational_training, "_trained", lambda *_: (found, terms))
    for other in ("_not_linear", "_heeds"):
        monkeypatch.setattr(variational_training, other, lambda *_: None)
    return None


@pytest.fixture(scope="module")
def halves():
    """Give halves that were never trained."""
    return networks.build_halves(196, 16, 8)


def test_halves_that_are_none_are_told_why(halves):
    from cs5045ae.backend import keras

    encoder, decoder = halves
    image, z = keras.Input((196,)), keras.Input((8,))
    dense = keras.layers.Dense
    check = variational_training.check_train_vae
    one = keras.Model(image, dense(8)(image))
    three = keras.Model(image, [dense(8)(image), dense(8)(image), dense(8)(image)])
    narrow = keras.Model(image, [dense(8)(image), dense(7)(image)])
    linear = keras.Model(z, dense(196)(z))
    for made, words in [
        (None, "not a tuple (encoder, decoder)"),
        ((None, decoder), "not a Keras model"),
        ((one, decoder), "a model with 1 output(s), not two"),
        ((three, decoder), "a model with 3 output(s), not two"),
        ((narrow, decoder), "log_var is a model that gives outputs of shape (None, 7)"),
        ((encoder, linear), "End with one sigmoid for each pixel"),
        ((encoder, encoder), "decoder is"),
        (halves, "It draws no digits"),
    ]:
        assert words in message(check, lambda *_, made=made: made), words


def test_an_encoder_may_give_its_heads_by_name(halves):
    from cs5045ae.backend import keras

    encoder, decoder = halves
    image = keras.Input((196,))
    mu, log_var = encoder(image)
    named = keras.Model(image, {"log_var": log_var, "mu": mu})
    check = variational_training.check_train_vae
    told = [message(check, lambda *_, e=e: (e, decoder)) for e in (encoder, named)]
    assert told[0].split("Stuck")[0] == told[1].split("Stuck")[0]


@pytest.mark.parametrize(
    ("activations", "words"),
    [(("relu", None), "whose decoder is a"), ((None, "relu"), "whose encoder is a")],
)
def test_a_half_without_an_activation_is_found(activations, words):
    from cs5045ae.backend import keras

    dense, (first, second) = keras.layers.Dense, activations
    image, z = keras.Input((196,)), keras.Input((8,))
    h = dense(16, activation=first)(image)
    encoder = keras.Model(image, [dense(8)(h), dense(8)(h)])
    h = dense(16, activation=second)(z)
    decoder = keras.Model(z, dense(196, activation="sigmoid")(h))
    answer = variational_training.Answer((encoder, decoder), "It returned", "It")
    x = np.random.default_rng(0).random((100, 196))
    with pytest.raises(CheckFailed, match=words):
        variational_training._not_linear(answer, x)


@pytest.mark.slow
def test_a_code_whose_log_var_is_the_log_of_sigma_is_found():
    from cs5045ae.backend import keras

    def train_vae(x, code_size, beta, epochs, seed):
        """Take log_var for log sigma, in the draw and in the KL alike."""
        keras.utils.set_random_seed(seed)
        encoder, decoder = networks.build_halves(x.shape[1], 128, code_size)
        image = keras.Input((x.shape[1],))
        mu, log_sigma = encoder(image)
        z = networks.Sampling(beta)([mu, keras.layers.Rescaling(2.0)(log_sigma)])
        vae = keras.Model(image, decoder(z))
        vae.compile("adam", networks.nats, steps_per_execution=21)
        vae.fit(x, x, epochs=epochs, verbose=0)
        return encoder, decoder

    told = message(variational_training.check_train_vae, train_vae)
    assert "its log_var is too large" in told
