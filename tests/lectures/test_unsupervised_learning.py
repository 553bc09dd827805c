"""Every number that lecture 00 tells its reader, read from the executed notebook."""

import pytest

pytestmark = pytest.mark.slow
LECTURE = "00_unsupervised_learning"


def test_an_image_holds_hundreds_of_times_the_bits_of_a_label(told):
    assert told["label_bits"] == pytest.approx(3.32, abs=0.005)
    assert told["picture_bits"] > 2000
    assert told["picture_bits"] / told["label_bits"] > 300


def test_the_mean_image_beats_one_shade_for_each_image(told):
    assert told["mean_image_error"] == pytest.approx(53.0, abs=0.05)
    by_size = {int(size): error for size, error in told["hand_made"].items()}
    assert by_size[1] == pytest.approx(73.6, abs=0.05)
    assert by_size[784] == 0
    assert told["hand_made_error"] == by_size[49]
    # "At 16 numbers this one is hardly better than the mean image."
    assert 0.9 < by_size[16] / told["mean_image_error"] < 1


def test_blocks_lose_to_what_the_next_lectures_learn(told):
    """16 numbers of PCA cost less than half of what 16 blocks do."""
    from sklearn.decomposition import PCA

    from cs5045ae.data import load_mnist

    (x_train, _), (x_test, _) = load_mnist("small")
    pca = PCA(16).fit(x_train)
    x_hat = pca.inverse_transform(pca.transform(x_test))
    error = ((x_test - x_hat) ** 2).sum(axis=1).mean()
    assert error < told["hand_made"]["16"] / 2


def test_this_computer_is_ready(told):
    assert told["ready"] is True
