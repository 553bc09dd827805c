"""What the bank can't say of 06_sparse: other seeds, what is told."""

import numpy as np
import pytest

from cs5045ae.checks import (
    sparse,
    sparse_codes,
    sparse_gradient,
    sparse_kl,
    sparse_training,
)
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.reference import sparse as ref
from tests.checks.wrong import message, zeros_of

LIGHT = {
    sparse.check_mean_activity: ref.mean_activity,
    sparse.check_mean_activity_edges: ref.mean_activity,
    sparse.check_active_shares: ref.active_shares,
    sparse.check_active_shares_edges: ref.active_shares,
    sparse.check_l1_penalty: ref.l1_penalty,
    sparse.check_l1_batch: ref.l1_penalty,
    sparse_kl.check_kl_penalty: ref.kl_penalty,
    sparse_kl.check_kl_penalty_edges: ref.kl_penalty,
    sparse_gradient.check_kl_gradient: ref.kl_gradient,
    sparse_gradient.check_kl_gradient_edges: ref.kl_gradient,
    sparse_codes.check_k_sparse: ref.k_sparse,
    sparse_codes.check_k_sparse_edges: ref.k_sparse,
    sparse_codes.check_k_sparse_backward: ref.k_sparse_backward,
    sparse_codes.check_k_sparse_backward_edges: ref.k_sparse_backward,
}


@pytest.mark.usefixtures("any_seed")
def test_right_answers_pass_with_any_seed():
    for check, right in LIGHT.items():
        check(right)


@pytest.mark.parametrize("check", LIGHT, ids=lambda check: check.__name__)
def test_an_array_of_zeros_of_the_right_shape_passes_nowhere(check):
    message(check, zeros_of(LIGHT[check]))


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("tiny", [1e-4, 1e-14, 0.0])
def test_means_moved_too_far_or_not_at_all_fail_with_any_seed(seed, tiny, monkeypatch):
    monkeypatch.setenv("CS5045AE_SEED", str(seed))
    monkeypatch.setattr(ref, "TINY", tiny)

    def moved(function):
        def run(h, rho):
            with np.errstate(all="ignore"):
                return function(h, rho)

        return run

    penalty, gradient = moved(ref.kl_penalty), moved(ref.kl_gradient)
    own = []
    for check, wrong in (
        (sparse_kl.check_kl_penalty_edges, penalty),
        (sparse_gradient.check_kl_gradient_edges, gradient),
    ):
        with pytest.raises(CheckFailed) as failure:
            check(wrong)
        own.append(str(failure.value))
    assert all("[1e-7, 1 - 1e-7]" in " ".join(text.split()) for text in own)


def test_the_answer_is_told_for_the_case_of_the_statement_alone():
    with pytest.raises(CheckFailed, match="the right value is"):
        sparse_kl.check_kl_penalty(lambda *_: 4.0)

    def shown_alone(h, rho):
        known = sparse.SHOWN
        return 0.83085 if h.shape == known.shape and (h == known).all() else 4.0

    with pytest.raises(CheckFailed) as failure:
        sparse_kl.check_kl_penalty(shown_alone)
    assert "the right value" not in " ".join(str(failure.value).split())


@pytest.fixture(scope="module")
def halves():
    """Give encoders and decoders of 256 nodes that were never trained."""
    from cs5045ae.backend import keras

    def build(code_bias=0.0, code="sigmoid", output="sigmoid", code_size=256):
        x, h = keras.Input((196,)), keras.Input((code_size,))
        start = keras.initializers.Constant(code_bias)
        nodes = keras.layers.Dense(code_size, code, bias_initializer=start)
        pixels = keras.layers.Dense(196, output)
        return keras.Model(x, nodes(x)), keras.Model(h, pixels(h))

    return build


def test_an_activity_without_a_picture_is_not_enough(halves):
    calm = halves(code_bias=-2.2)
    told = message(sparse_training.check_train_sparse, lambda *_: calm)
    assert "an error of" in told
    assert "The penalty drowns the reconstruction" in told


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"code_bias": 2.0}, "on the ACTIVATIONS of the code"),
        ({"code_bias": 6.0}, "add the part with 1 - rho"),
        ({"code_bias": -6.0}, "nodes are too calm"),
        ({"code": "relu", "code_bias": 3.0}, "which is above 1"),
        ({"code": "relu", "code_bias": -0.6}, "end the encoder with"),
        ({"code": "tanh"}, "which is below 0"),
        ({"output": None, "code_bias": -2.2}, "one sigmoid for each"),
        ({"code_size": 128}, "There are code_size nodes in the code"),
    ],
)
def test_a_network_that_is_none_is_told_why(halves, settings, words):
    made = halves(**settings)
    for check in (
        sparse_training.check_train_sparse,
        sparse_training.check_train_sparse_rho,
    ):
        assert words in message(check, lambda *_: made)


def test_the_old_recipe_is_recognised(halves):
    def old(*_):
        encoder, _ = halves()
        encoder.add_loss(0.0)

    told = message(sparse_training.check_train_sparse, old)
    assert "call `self.add_loss` inside a layer's `call`" in told
