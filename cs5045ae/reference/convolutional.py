"""The arithmetic of convolutions, one image and one kernel at a time.

Images are `x` `(height, width)`, kernels `(rows, columns)`. "Convolution" is what Keras
calls by that name: the kernel slides over the image as it is and is not turned around.
Strides and paddings are the same along both axes.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cs5045ae.reference.convolutional_sizes import output_size, transposed_size

__all__ = [
    "convolution_matrix",
    "convolve",
    "insert_zeros",
    "transposed_convolution",
]

Array = NDArray[np.float64]


def convolve(
    x: ArrayLike, kernel: ArrayLike, stride: int = 1, padding: int = 0
) -> Array:
    """Slide a kernel over an image and take the inner product at every place.

    Parameters
    ----------
    x : array of shape `(height, width)`
        The image.
    kernel : array of shape `(rows, columns)`
        Not turned around.
    stride, padding : int
        As in `output_size`; the padding is zeros.

    Returns
    -------
    array of shape `(output height, output width)`
        ``y[i, j] = sum_ab kernel[a, b] x[stride i + a, stride j + b]``, with x the
        padded image.

    Raises
    ------
    ValueError
        If the kernel does not fit, or an argument is out of its range.

    Examples
    --------
    >>> convolve([[0, 1, 2], [3, 4, 5]], [[1, 2]]).tolist()
    [[2.0, 5.0], [11.0, 14.0]]
    """
    x, kernel = _images(x, kernel)
    for size, window in zip(x.shape, kernel.shape, strict=True):
        output_size(size, window, stride, padding)
    x = np.pad(x, padding)
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape)
    return np.einsum("ijab,ab->ij", windows[::stride, ::stride], kernel)


def convolution_matrix(
    kernel: ArrayLike, height: int, width: int, stride: int = 1
) -> Array:
    """Write a convolution without padding as a matrix.

    Parameters
    ----------
    kernel : array of shape `(rows, columns)`
        The kernel.
    height, width : int
        Of the images it slides over.
    stride : int
        Pixels from one place to the next.

    Returns
    -------
    array C of shape `(output height * output width, height * width)`
        ``C @ x.ravel()`` is ``convolve(x, kernel, stride).ravel()``: one row for each
        place of the kernel, one column for each pixel. ``C.T`` is the transposed
        convolution.

    References
    ----------
    Dumoulin and Visin, arXiv:1603.07285, section 4.1.

    Examples
    --------
    >>> convolution_matrix([[1, 2]], height=1, width=3).tolist()
    [[1.0, 2.0, 0.0], [0.0, 1.0, 2.0]]
    """
    _, kernel = _images(np.zeros((1, 1)), kernel)
    rows, columns = kernel.shape
    down = output_size(height, rows, stride)
    across = output_size(width, columns, stride)
    matrix = np.zeros((down, across, height, width))
    for i in range(down):
        for j in range(across):
            top, left = stride * i, stride * j
            matrix[i, j, top : top + rows, left : left + columns] = kernel
    return matrix.reshape(down * across, height * width)


def insert_zeros(x: ArrayLike, stride: int) -> Array:
    """Put ``stride - 1`` zeros between neighbouring pixels, and none around them.

    Parameters
    ----------
    x : array of shape `(height, width)`
        The image.
    stride : int
        Distance of two old neighbours afterwards.

    Returns
    -------
    array of shape `(stride (height - 1) + 1, stride (width - 1) + 1)`
        The image with gaps.

    Examples
    --------
    >>> insert_zeros([[1, 2, 3]], 2).tolist()
    [[1.0, 0.0, 2.0, 0.0, 3.0]]
    """
    x = np.asarray(x, dtype=np.float64)
    spread = np.zeros([transposed_size(size, 1, stride) for size in x.shape])
    spread[::stride, ::stride] = x
    return spread


def transposed_convolution(x: ArrayLike, kernel: ArrayLike, stride: int = 1) -> Array:
    """Apply the transpose of a convolution, as an ordinary convolution.

    Insert zeros between the pixels, pad by the kernel's size less one, and slide the
    kernel turned by half a turn over it.

    Parameters
    ----------
    x : array of shape `(height, width)`
        The image.
    kernel : array of shape `(rows, columns)`
        Of the convolution that is transposed.
    stride : int
        Its stride.

    Returns
    -------
    array of shape `(stride (height - 1) + rows, stride (width - 1) + columns)`
        The sum of the kernel, put down once for each pixel and scaled by it.

    References
    ----------
    Dumoulin and Visin, arXiv:1603.07285, sections 4.2 to 4.6; the deck: "Actually,
    deconvolution is convolution."

    Examples
    --------
    >>> transposed_convolution([[1, 10]], [[1, 2, 3]], stride=2).tolist()
    [[1.0, 2.0, 13.0, 20.0, 30.0]]
    """
    x, kernel = _images(x, kernel)
    rows, columns = kernel.shape
    around = ((rows - 1, rows - 1), (columns - 1, columns - 1))
    return convolve(np.pad(insert_zeros(x, stride), around), kernel[::-1, ::-1])


def _images(x: ArrayLike, kernel: ArrayLike) -> tuple[Array, Array]:
    x = np.asarray(x, dtype=np.float64)
    kernel = np.asarray(kernel, dtype=np.float64)
    for name, array in (("x", x), ("kernel", kernel)):
        if array.ndim != 2 or not array.size:
            raise ValueError(
                f"{name} must be (height, width) and not empty, got {array.shape}."
            )
    return x, kernel
