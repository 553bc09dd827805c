"""Every number that lecture 00 tells its reader, read from the executed notebook."""

import pytest

from cs5045ae.course.execute import executed

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def said():
    return executed("00_unsupervised_learning").metadata["cs5045ae"]["variables"]


def test_an_image_holds_hundreds_of_times_the_bits_of_a_label(said):
    assert said["label_bits"] == pytest.approx(3.32, abs=0.005)
    assert said["picture_bits"] > 2000
    assert said["picture_bits"] / said["label_bits"] > 300


def test_the_mean_image_beats_one_shade_for_each_image(said):
    assert said["mean_image_error"] == pytest.approx(53.0, abs=0.05)
    by_size = {int(size): error for size, error in said["hand_made"].items()}
    assert by_size[1] == pytest.approx(73.6, abs=0.05)
    assert by_size[784] == 0
    assert said["hand_made_error"] == by_size[49]
    # "At 16 numbers this one is hardly better than the mean image."
    assert 0.9 < by_size[16] / said["mean_image_error"] < 1


def test_blocks_lose_to_what_the_next_lectures_learn(said):
    """16 numbers of PCA cost less than half of what 16 blocks do."""
    from sklearn.decomposition import PCA

    from cs5045ae.data import load_mnist

    (x_train, _), (x_test, _) = load_mnist("small")
    pca = PCA(16).fit(x_train)
    x_hat = pca.inverse_transform(pca.transform(x_test))
    error = ((x_test - x_hat) ** 2).sum(axis=1).mean()
    assert error < said["hand_made"]["16"] / 2


def test_this_computer_is_ready(said):
    assert said["ready"] is True
