"""What the bank can't say of 07_convolutional: other seeds, and what is told."""

import pytest

from cs5045ae.checks import (
    convolutional,
    convolutional_pooling,
    convolutional_transposed,
    convolutional_unpooling,
)
from cs5045ae.reference import convolutional as ref
from cs5045ae.reference import convolutional_pooling as pooling
from cs5045ae.reference import convolutional_sizes as sizes
from tests.checks.wrong import message, zeros_of


def max_pool(x):
    return pooling.max_pool_with_locations(x, padding="same")


LIGHT = {
    convolutional.check_output_size: sizes.output_size,
    convolutional.check_transposed_size: sizes.transposed_size,
    convolutional.check_convolution_matrix: ref.convolution_matrix,
    convolutional.check_convolution_matrix_strides: ref.convolution_matrix,
    convolutional_pooling.check_pooled: max_pool,
    convolutional_pooling.check_locations: max_pool,
    convolutional_pooling.check_odd_sizes: max_pool,
    convolutional_unpooling.check_unpool: pooling.unpool,
    convolutional_unpooling.check_unpool_sizes: pooling.unpool,
    convolutional_transposed.check_transposed_convolution: ref.transposed_convolution,
    convolutional_transposed.check_transposed_shapes: ref.transposed_convolution,
}


@pytest.mark.usefixtures("any_seed")
def test_right_answers_pass_with_any_seed():
    for check, right in LIGHT.items():
        check(right)


@pytest.mark.parametrize("check", LIGHT, ids=lambda check: check.__name__)
def test_zeros_of_the_right_shape_pass_nowhere(check):
    message(check, zeros_of(LIGHT[check]))


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda i, k, s, p: (i + 2 * p) // s + 1, "The kernel is missing"),
        (lambda i, k, s, p: (i + 2 * p + k) // s + 1, "The kernel is taken away"),
        (lambda i, k, s, p: (i - 2 * p - k) // s + 1, "it is added"),
        (lambda i, k, s, p: (i - k) // s + 1, "The padding is missing"),
        (lambda i, k, s, p: (i + p - k) // s + 1, "The padding counts twice"),
        (lambda i, k, s, p: -(-(i + 2 * p - k) // s) + 1, "This rounds up"),
        (lambda i, k, s, p: (i + 2 * p - k) // s, "Add 1 after the division"),
        (lambda i, k, s, p: s * (i - 1) + k - 2 * p, "transposed convolution's"),
    ],
)
def test_a_wrong_size_is_told_by_its_own_name(function, words):
    assert words in message(convolutional.check_output_size, function)


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda i, k, s, p, a: s * (i - 1) - 2 * p + a, "The kernel is missing"),
        (lambda i, k, s, p, a: s * (i - 1) + k - 2 * p - a, "not taken away"),
        (lambda i, k, s, p, a: i - 1 + k - 2 * p + a, "The stride multiplies"),
        (lambda i, k, s, p, a: s * i + k - 2 * p + a, "one step less"),
        (lambda i, k, s, p, a: s * (i - 1) + k - 1 - 2 * p + a, "stride * (size - 1)"),
        (lambda i, k, s, p, a: (s - 1) * i + k - 2 * p + a, "stride * (size - 1)"),
        (lambda i, k, s, p, a: s * i, 'padding="same"'),
    ],
)
def test_a_wrong_transposed_size_is_told_by_its_own_name(function, words):
    assert words in message(convolutional.check_transposed_size, function)
