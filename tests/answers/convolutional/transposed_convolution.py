# %% right: stamps that are added
def transposed_convolution(x, kernel, stride):
    (h, w), (r, c) = x.shape, kernel.shape
    out = np.zeros((stride * (h - 1) + r, stride * (w - 1) + c))
    for i in range(h):
        for j in range(w):
            top, left = stride * i, stride * j
            out[top : top + r, left : left + c] += x[i, j] * kernel
    return out

# %% right: scipy's full convolution turns the kernel by itself
def transposed_convolution(x, kernel, stride):
    from scipy.signal import convolve2d

    spread = np.zeros((stride * (x.shape[0] - 1) + 1, stride * (x.shape[1] - 1) + 1))
    spread[::stride, ::stride] = x
    return convolve2d(spread, kernel, mode="full")

# %% right: Keras' transposed convolution
def transposed_convolution(x, kernel, stride):
    out = keras.ops.conv_transpose(
        x[None, :, :, None].astype("float32"),
        kernel[:, :, None, None].astype("float32"),
        strides=stride,
        padding="valid",
    )
    return out[0, :, :, 0]

# %% right: the product with the transposed matrix
def transposed_convolution(x, kernel, stride):
    (h, w), (r, c) = x.shape, kernel.shape
    height, width = stride * (h - 1) + r, stride * (w - 1) + c
    matrix = np.zeros((h, w, height, width))
    for i in range(h):
        for j in range(w):
            at = (slice(stride * i, stride * i + r), slice(stride * j, stride * j + c))
            matrix[i, j][at] = kernel
    return (matrix.reshape(h * w, -1).T @ x.ravel()).reshape(height, width)

# %% wrong (0 of 3): not written
# check_transposed_convolution: is not written yet
# check_transposed_shapes: is not written yet
def transposed_convolution(x, kernel, stride):
    raise NotImplementedError

# %% wrong (0 of 3): the kernel is not turned
# check_transposed_convolution: turned by half a turn
# check_transposed_shapes: turned by half a turn
def transposed_convolution(x, kernel, stride):
    from scipy.signal import correlate2d

    spread = np.zeros((stride * (x.shape[0] - 1) + 1, stride * (x.shape[1] - 1) + 1))
    spread[::stride, ::stride] = x
    return correlate2d(spread, kernel, mode="full")

# %% wrong (0 of 3): turned along one axis only
# check_transposed_convolution: but not left to right
# check_transposed_shapes: but not left to right
def transposed_convolution(x, kernel, stride):
    from scipy.signal import correlate2d

    spread = np.zeros((stride * (x.shape[0] - 1) + 1, stride * (x.shape[1] - 1) + 1))
    spread[::stride, ::stride] = x
    return correlate2d(spread, kernel[::-1], mode="full")

# %% wrong (0 of 3): no padding
# check_transposed_convolution: an array of shape
# check_transposed_shapes: an array of shape
def transposed_convolution(x, kernel, stride):
    from scipy.signal import correlate2d

    spread = np.zeros((stride * (x.shape[0] - 1) + 1, stride * (x.shape[1] - 1) + 1))
    spread[::stride, ::stride] = x
    return correlate2d(spread, kernel[::-1, ::-1], mode="valid")

# %% wrong (0 of 3): padded, but of the same size as the spread image
# check_transposed_convolution: of shape
# check_transposed_shapes: the padding by rows - 1 and columns - 1
def transposed_convolution(x, kernel, stride):
    from scipy.signal import convolve2d

    spread = np.zeros((stride * (x.shape[0] - 1) + 1, stride * (x.shape[1] - 1) + 1))
    spread[::stride, ::stride] = x
    return convolve2d(spread, kernel, mode="same")

# %% wrong (0 of 3): a zero behind the last pixel too
# check_transposed_convolution: Zeros belong between the pixels alone
# check_transposed_shapes: Zeros belong between the pixels alone
def transposed_convolution(x, kernel, stride):
    from scipy.signal import convolve2d

    spread = np.zeros((stride * x.shape[0], stride * x.shape[1]))
    spread[::stride, ::stride] = x
    return convolve2d(spread, kernel, mode="full")

# %% wrong (0 of 3): repeats the pixels
# check_transposed_convolution: no pixel is repeated
# check_transposed_shapes: no pixel is repeated
def transposed_convolution(x, kernel, stride):
    from scipy.signal import convolve2d

    return convolve2d(np.kron(x, np.ones((stride, stride))), kernel, mode="full")

# %% wrong (0 of 3): stamps that overwrite
# check_transposed_convolution: the last one wins
# check_transposed_shapes: the last one wins
def transposed_convolution(x, kernel, stride):
    (h, w), (r, c) = x.shape, kernel.shape
    out = np.zeros((stride * (h - 1) + r, stride * (w - 1) + c))
    for i in range(h):
        for j in range(w):
            top, left = stride * i, stride * j
            out[top : top + r, left : left + c] = x[i, j] * kernel
    return out

# %% wrong (0 of 3): padding "same"
# check_transposed_convolution: This is the shape of padding="same"
# check_transposed_shapes: This is the shape of padding="same"
def transposed_convolution(x, kernel, stride):
    out = keras.ops.conv_transpose(
        x[None, :, :, None].astype("float32"),
        kernel[:, :, None, None].astype("float32"),
        strides=stride,
        padding="same",
    )
    return out[0, :, :, 0]

# %% wrong (0 of 3): the stride is forgotten
# check_transposed_convolution: of shape
# check_transposed_shapes: of shape
def transposed_convolution(x, kernel, stride):
    from scipy.signal import convolve2d

    return convolve2d(x, kernel, mode="full")

# %% wrong (0 of 3): slid with the stride, over zeros put in already
# check_transposed_convolution: slide the kernel with stride 1
# check_transposed_shapes: the stride is in the zeros between
def transposed_convolution(x, kernel, stride):
    from scipy.signal import convolve2d

    height, width = x.shape
    spread = np.zeros((stride * (height - 1) + 1, stride * (width - 1) + 1))
    spread[::stride, ::stride] = x
    return convolve2d(spread, kernel)[::stride, ::stride]
