"""Sizes before and after a convolution, a pooling or a transposed convolution.

All sizes are counted along one axis; the other axis has its own.
"""

__all__ = ["output_size", "transposed_size"]


def output_size(size: int, kernel: int, stride: int = 1, padding: int = 0) -> int:
    """Return how many places a window finds along one axis of an image.

    The same rule serves convolution and pooling.

    Parameters
    ----------
    size : int
        Pixels of the image along the axis.
    kernel : int
        Pixels of the window.
    stride : int
        Pixels from one place to the next.
    padding : int
        Pixels added at each end.

    Returns
    -------
    int
        ``floor((size + 2 padding - kernel) / stride) + 1``.

    Raises
    ------
    ValueError
        If the window does not fit, or a size or stride is below 1.

    References
    ----------
    Dumoulin and Visin, A guide to convolution arithmetic for deep learning,
    arXiv:1603.07285, relationship 6.

    Examples
    --------
    >>> output_size(28, kernel=3, stride=2, padding=1)
    14
    """
    _check(size=size, kernel=kernel, stride=stride)
    if padding < 0:
        raise ValueError(f"The padding is {padding}, but must be 0 or more.")
    if kernel > size + 2 * padding:
        raise ValueError(
            f"A window of {kernel} does not fit into {size + 2 * padding} pixels: pad "
            "more, or take a smaller kernel."
        )
    return (size + 2 * padding - kernel) // stride + 1


def transposed_size(
    size: int, kernel: int, stride: int = 1, padding: int = 0, extra: int = 0
) -> int:
    """Return the output size of a transposed convolution along one axis.

    Parameters
    ----------
    size : int
        Pixels that go in.
    kernel, stride, padding : int
        Of the convolution that it is the transpose of.
    extra : int
        Rows added at the far end, below `stride`; Keras calls them `output_padding`.
        Several sizes shrink to the same one, and this says which of them is meant.

    Returns
    -------
    int
        ``stride (size - 1) + kernel - 2 padding + extra``.

    Raises
    ------
    ValueError
        If nothing would be left, `extra` is not below `stride`, or another number is
        out of range.

    References
    ----------
    Dumoulin and Visin, arXiv:1603.07285, relationship 14.

    Examples
    --------
    >>> transposed_size(14, kernel=3, stride=2, padding=1, extra=1)
    28
    """
    _check(size=size, kernel=kernel, stride=stride)
    if padding < 0 or not 0 <= extra < stride:
        raise ValueError(
            f"padding {padding} must be 0 or more, and extra {extra} from 0 to "
            f"{stride - 1}: larger steps need a larger stride."
        )
    result = stride * (size - 1) + kernel - 2 * padding + extra
    if result < 1:
        raise ValueError(f"A padding of {padding} leaves nothing of the output.")
    return result


def _check(**sizes: int) -> None:
    for name, size in sizes.items():
        if size < 1:
            raise ValueError(f"The {name} is {size}, but must be 1 or more.")
