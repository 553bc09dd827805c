"""Greedy pre-training: what a machine learns, and what becomes of it when unrolled."""

import numpy as np
import pytest
from scipy.special import expit

from cs5045ae.reference import deep_training as training
from cs5045ae.reference.deep_pretraining import pretrain, train_rbm


@pytest.fixture(scope="module")
def stripes():
    """Return images of 4 x 4 pixels, each with some of four columns switched on."""
    rng = np.random.default_rng(0)
    on = rng.random((600, 1, 4)) < 0.4
    return np.repeat(on, 4, axis=1).reshape(600, 16) * 1.0


def rebuilt(v, kernel, hidden, visible, linear=False):
    h = v @ kernel + hidden
    return expit((h if linear else expit(h)) @ kernel.T + visible)


def gap(v, v_hat):
    return ((v - v_hat) ** 2).sum(axis=1).mean()


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("linear", [False, True])
def test_a_machine_learns_to_rebuild_what_it_sees(stripes, seed, linear):
    machine = train_rbm(stripes, 8, 150 if linear else 40, linear=linear, seed=seed)
    assert [a.shape for a in machine] == [(16, 8), (8,), (16,)]
    of_mean = gap(stripes, stripes.mean(axis=0))
    untrained = rebuilt(stripes, *train_rbm(stripes, 8, 0, linear=linear), linear)
    assert gap(stripes, untrained) > 0.9 * of_mean
    assert gap(stripes, rebuilt(stripes, *machine, linear)) < 0.3 * of_mean


def test_a_machine_believes_data_more_likely_than_noise(stripes):
    kernel, hidden, visible = train_rbm(stripes, 8, 40)

    def free_energy(v):
        return -v @ visible - np.logaddexp(0, v @ kernel + hidden).sum(axis=1)

    noise = np.random.default_rng(1).permuted(stripes, axis=1)
    assert free_energy(stripes).mean() < free_energy(noise).mean() - 3


def test_a_machine_starts_from_small_weights_and_the_seed_decides(stripes):
    kernel, hidden, visible = train_rbm(np.zeros((0, 400)), 300, 1)
    assert kernel.std() == pytest.approx(0.1, rel=0.02)
    assert not hidden.any()
    assert not visible.any()
    same, other = (train_rbm(stripes, 3, 1, seed=s)[0] for s in (4, 5))
    assert (same == train_rbm(stripes, 3, 1, seed=4)[0]).all()
    assert not np.allclose(same, other)


def test_unrolling_mirrors_each_machine_of_the_encoder(stripes):
    sizes = [16, 9, 6, 3]
    net = pretrain(stripes, sizes, epochs=3, seed=2)
    assert [k.shape for k, _ in net] == [
        (16, 9),
        (9, 6),
        (6, 3),
        (3, 6),
        (6, 9),
        (9, 16),
    ]
    for (down, _), (up, bias) in zip(net[:3], net[:2:-1], strict=True):
        assert (up == down.T).all()
        assert len(bias) == len(down)
        assert not np.shares_memory(up, down)


def test_each_machine_sees_what_the_one_below_gives(stripes):
    net = pretrain(stripes, [16, 9, 6, 3], epochs=3, seed=2)
    v = stripes.astype(np.float32)
    for i in range(3):
        kernel, hidden, visible = train_rbm(
            v, net[i][0].shape[1], 3, linear=i == 2, seed=3 + i
        )
        assert net[i][0] == pytest.approx(kernel, abs=1e-5)
        assert net[i][1] == pytest.approx(hidden, abs=1e-5)
        assert net[5 - i][1] == pytest.approx(visible, abs=1e-5)
        v = expit(v @ kernel + hidden)


def test_pretraining_lets_sigmoid_layers_leave_the_mean(stripes):
    sizes = [16, 12, 8, 4]
    how = {"activation": "sigmoid", "code": 3, "rate": 0.1, "epochs": 20}
    whole = [*sizes, *sizes[-2::-1]]
    cold = training.initial_layers(whole, 0.01, 0)
    of_mean = gap(stripes, stripes.mean(axis=0))
    stuck = training.train(cold, stripes, stripes, **how)[1][-1]
    assert stuck > 0.95 * of_mean
    warm = pretrain(stripes, sizes, epochs=40, seed=0)
    assert training.train(warm, stripes, stripes, **how)[1][-1] < 0.5 * of_mean
