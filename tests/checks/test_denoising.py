"""What the bank can't say of 04_denoising: other seeds, and numbers that are shared."""

import numpy as np
import pytest

from cs5045ae import data
from cs5045ae.checks import (
    denoising,
    denoising_measures,
    denoising_noise,
    denoising_training,
)
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.reference import denoising as ref
from tests.checks.wrong import message, zeros_of


def seeded(corruption):
    """Return a corruption that takes its seed by place, as the tasks have it."""

    def run(x, level, seed):
        return corruption(x, level, seed=seed)

    return run


LIGHT = {
    denoising.check_mask: seeded(data.mask),
    denoising.check_mask_seed: seeded(data.mask),
    denoising.check_add_gaussian: seeded(data.add_gaussian),
    denoising.check_add_gaussian_seed: seeded(data.add_gaussian),
    denoising.check_salt_and_pepper: seeded(data.salt_and_pepper),
    denoising.check_salt_and_pepper_seed: seeded(data.salt_and_pepper),
    denoising_training.check_epoch_pairs: ref.epoch_pairs,
    denoising_training.check_epoch_pairs_fresh: ref.epoch_pairs,
    denoising_measures.check_psnr: ref.psnr,
    denoising_measures.check_psnr_edges: ref.psnr,
    denoising_measures.check_linear_denoiser: ref.linear_denoiser,
    denoising_measures.check_linear_denoiser_edges: ref.linear_denoiser,
}


@pytest.mark.usefixtures("any_seed")
def test_right_answers_pass_with_any_seed():
    for check, right in LIGHT.items():
        check(right)


@pytest.mark.parametrize("check", LIGHT, ids=lambda check: check.__name__)
def test_an_array_of_zeros_of_the_right_shape_passes_nowhere(check):
    message(check, zeros_of(LIGHT[check]))


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize(("n", "rate"), [(150, 0.1), (150, 0.4), (40, 0.3), (60, 0.9)])
def test_pairs_tell_shared_numbers_from_those_drawn_one_by_one(seed, n, rate):
    rng = np.random.default_rng(seed)
    hit = rng.random((n, 784)) < rate
    denoising_noise.look_at_pairs("drawn one by one", hit)
    denoising_noise.look_at_pairs("an exact number", rng.permuted(hit, axis=1))
    twins = hit.copy()
    twins[1] = twins[0]  # two images of all
    mirrored = hit.copy()
    mirrored[:, 392:] = hit[:, :392]
    for shared in (twins, mirrored):
        with pytest.raises(CheckFailed, match="follow from those"):
            denoising_noise.look_at_pairs("shared", shared)
