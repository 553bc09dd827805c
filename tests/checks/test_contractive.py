"""What the bank can't say of 05_contractive: other seeds, the lesson."""

import numpy as np
import pytest

from cs5045ae.checks import contractive as layers
from cs5045ae.checks import contractive_chain, contractive_encoders
from cs5045ae.checks import contractive_measures as measures
from cs5045ae.checks import contractive_training as training
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.reference import contractive
from tests import bank

LIGHT = {
    layers.check_sigmoid_jacobian: contractive.sigmoid_jacobian,
    layers.check_sigmoid_jacobian_edges: contractive.sigmoid_jacobian,
    layers.check_contractive_penalty: contractive.contractive_penalty,
    layers.check_contractive_penalty_edges: contractive.contractive_penalty,
    contractive_chain.check_chain_penalty: contractive.chain_penalty,
    contractive_chain.check_chain_penalty_edges: contractive.chain_penalty,
    measures.check_cae_loss: contractive.cae_loss,
    measures.check_cae_loss_batch: contractive.cae_loss,
    measures.check_contraction_ratio: contractive.contraction_ratio,
    measures.check_contraction_ratio_edges: contractive.contraction_ratio,
}


@pytest.mark.usefixtures("any_seed")
def test_right_answers_pass_with_any_seed():
    for check, right in LIGHT.items():
        check(right)


@pytest.fixture(scope="module")
def networks():
    from cs5045ae.reference import contractive_networks

    return contractive_networks


def by_differences(encoder, x):
    """Differentiate in float32, forwards: the least exact answer that is right."""
    step, total = np.float32(1e-3), np.zeros(len(x))
    here = np.asarray(encoder(x))
    for pixel in np.eye(x.shape[1], dtype=np.float32):
        ahead = np.asarray(encoder(x + step * pixel))
        total += (((ahead - here) / step) ** 2).sum(axis=1)
    return total


@pytest.mark.parametrize("seed", range(4))
def test_any_way_to_differentiate_passes_with_any_seed(seed, networks, monkeypatch):
    monkeypatch.setenv("CS5045AE_SEED", str(seed))
    for right in (networks.jacobian_penalty, by_differences):
        contractive_encoders.check_jacobian_penalty(right)
        contractive_encoders.check_jacobian_penalty_edges(right)


def test_the_encoders_come_without_a_note_of_tensorflow(networks, capfd):
    for _ in range(2):
        contractive_encoders.check_jacobian_penalty(networks.jacobian_penalty)
    out, err = capfd.readouterr()
    assert out.count("\n") == 2
    assert err == ""


def test_the_answer_is_told_for_the_case_of_the_statement_alone():
    with pytest.raises(CheckFailed, match="the right value is 1"):
        layers.check_sigmoid_jacobian(lambda x, *_: np.full((1, 1, 2), 7.0))

    def shown_alone(x, kernel, bias):
        want = contractive.sigmoid_jacobian(x, kernel, bias)
        return want if len(x) == 1 else want + 1

    with pytest.raises(CheckFailed) as failure:
        layers.check_sigmoid_jacobian(shown_alone)
    assert "the right value" not in " ".join(str(failure.value).split())


@pytest.mark.parametrize("seed", range(6))
def test_the_norm_in_place_of_its_square_fails_with_any_seed(seed, monkeypatch):
    monkeypatch.setenv("CS5045AE_SEED", str(seed))

    def loss(x, kernel, down, up, lam):
        error = contractive.cae_loss(x, kernel, down, up, 0.0)
        norms = np.sqrt(contractive.contractive_penalty(x, kernel, down))
        return error + lam * norms.mean()

    for check in (measures.check_cae_loss, measures.check_cae_loss_batch):
        with pytest.raises(CheckFailed, match="norm"):
            check(loss)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1])
def test_the_reference_trains_well_enough_with_any_seed(seed, networks, monkeypatch):
    monkeypatch.setenv("CS5045AE_SEED", str(seed))
    training.check_train_cae(networks.train_cae)
    training.check_train_cae_lam(networks.train_cae)


@pytest.mark.slow
def test_other_trainings_fail_by_name(networks):
    def untied(x, code_size, lam, epochs, seed):
        return networks.train_tied(x, code_size, 1, seed, lam=lam, tied=False)

    with pytest.raises(CheckFailed, match="Tie the weights"):
        training.check_train_cae(untied)

    def careless(x, code_size, lam, epochs, seed):
        return networks.train_tied(x, code_size, epochs // 2, seed)

    with pytest.raises(CheckFailed, match="lam changes nothing"):
        training.check_train_cae_lam(careless)

    def decaying(x, code_size, lam, epochs, seed):
        return networks.train_tied(x, code_size, epochs, seed, decay=lam)

    with pytest.raises(CheckFailed, match="weighs too much"):
        training.check_train_cae_lam(decaying)

    def decaying_less(x, code_size, lam, epochs, seed):
        return networks.train_tied(x, code_size, epochs, seed, decay=lam / 40)

    with pytest.raises(CheckFailed, match=r"only\s+its\s+weights"):
        training.check_train_cae_lam(decaying_less)

    def without_the_last_bias(x, code_size, lam, epochs, seed):
        encoder, decoder = networks.train_tied(x, code_size, 1, seed, lam=lam)
        kernel, bias = decoder.get_weights()
        decoder.set_weights([kernel, 0 * bias])
        return encoder, decoder

    with pytest.raises(CheckFailed, match=r"TWO\s+biases"):
        training.check_train_cae(without_the_last_bias)

    def growing(x, code_size, lam, epochs, seed):
        return networks.train_tied(x, code_size, epochs, seed, lam=-lam / 3)

    with pytest.raises(CheckFailed, match="ADDED"):
        training.check_train_cae_lam(growing)

    def other_weights(x, code_size, lam, epochs, seed):
        encoder, decoder = networks.train_tied(x, code_size, epochs, seed, lam=lam)
        encoder.set_weights([-10 * w for w in encoder.get_weights()])
        kernel, bias = decoder.get_weights()
        decoder.set_weights([-10 * kernel, bias])
        return encoder, decoder

    with pytest.raises(CheckFailed, match="It draws no digits"):
        training.check_train_cae(other_weights)


@pytest.fixture(scope="module")
def lesson(networks):
    """Run the cells of the broken training; return their names."""
    cells = {cell.id: cell.source for cell in bank.exercise("05_contractive").code}
    names: dict = {}
    small = next(s for s in cells["draw-7"].split("\n") if s.startswith("small ="))
    exec(cells["imports"] + "\n" + small, names)
    exec(cells["broken"], names)
    exec(cells["broken-training"].rpartition("\n")[0], names)
    return names, cells


@pytest.mark.slow
def test_the_broken_training_tells_what_the_diagnosis_says(lesson):
    names, cells = lesson
    told, true = np.array(names["told"]), np.array(names["true"])
    assert (np.diff(told) < 0).all()
    assert (np.diff(true) > 0).all()
    assert told[[0, -1]] == pytest.approx([5, 2], abs=0.5)
    assert true[[0, -1]] == pytest.approx([8, 21], abs=1)

    line = "squares = (encoder.get_weights()[0] ** 2).sum(axis=0)\n"
    assert line in cells["broken"]
    cured = (
        cells["broken"]
        .replace(line, "")
        .replace(", squares)", ", tf.reduce_sum(kernel**2, axis=0))")
    )
    free = cells["broken"].replace("0.3 * penalty", "0.0 * penalty")
    ends = {}
    for name, source in (("cured", cured), ("free", free)):
        exec(source, names)
        exec(cells["broken-training"].rpartition("\n")[0], names)
        ends[name] = names["told"][-1], names["true"][-1]
    assert ends["cured"] == pytest.approx((7, 7), abs=0.5)
    assert true[-1] < ends["free"][1] < 1.25 * true[-1]
