"""What the bank can't say of 03_deep: other seeds, what is not said."""

import numpy as np
import pytest

from cs5045ae.checks import deep as counts
from cs5045ae.checks import deep_depth, deep_networks, deep_tied
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.reference import deep

LIGHT = {
    counts.check_count_parameters: deep.count_parameters,
    counts.check_count_parameters_tied: deep.count_parameters,
    counts.check_paper_error: deep.paper_error,
    counts.check_standard_error: deep.paper_error,
    deep_depth.check_smallest_depth: deep.smallest_depth,
    deep_depth.check_smallest_depth_hard: deep.smallest_depth,
    deep_tied.check_tied_forward: deep.tied_forward,
    deep_tied.check_tied_forward_deep: deep.tied_forward,
    deep_tied.check_tied_gradient: deep.tied_gradient,
    deep_tied.check_tied_gradient_edges: deep.tied_gradient,
}


@pytest.mark.usefixtures("any_seed")
def test_right_answers_pass_with_any_seed():
    for check, right in LIGHT.items():
        check(right)


@pytest.fixture(scope="module")
def keras():
    from cs5045ae.backend import keras

    return keras


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.usefixtures("keras")
def test_right_networks_pass_with_any_seed(seed, monkeypatch):
    monkeypatch.setenv("CS5045AE_SEED", str(seed))
    deep_networks.check_build_halves(deep.build_halves)
    deep_networks.check_build_halves_activations(deep.build_halves)


@pytest.mark.parametrize("seed", range(10))
def test_another_spread_than_the_standard_error_fails_with_any_seed(seed, monkeypatch):
    monkeypatch.setenv("CS5045AE_SEED", str(seed))

    def with_spread(of):
        def smallest_depth(depths, train_errors, test_errors):
            means = test_errors.mean(axis=1)
            best = means.argmin()
            return depths[means <= means[best] + of(test_errors[best])].min()

        return smallest_depth

    deep_depth.check_smallest_depth_hard(
        with_spread(lambda errors: errors.std(ddof=1) / np.sqrt(len(errors)))
    )
    for wrong in (lambda e: e.std(ddof=1), lambda e: e.std() / np.sqrt(len(e))):
        with pytest.raises(CheckFailed):
            deep_depth.check_smallest_depth_hard(with_spread(wrong))


def test_the_answer_is_told_for_the_case_of_the_statement_alone():
    with pytest.raises(CheckFailed, match="the right value is 2"):
        deep_depth.check_smallest_depth(lambda *_: 4)

    def shown_alone(depths, train_errors, test_errors):
        return 2 if test_errors[0, 0] == 9.0 else 0

    with pytest.raises(CheckFailed) as failure:
        deep_depth.check_smallest_depth(shown_alone)
    assert "the right value" not in " ".join(str(failure.value).split())
