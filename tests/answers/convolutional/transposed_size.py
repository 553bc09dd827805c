# %% right: the formula, in another order
def transposed_size(size, kernel, stride, padding, extra):
    return (size - 1) * stride - 2 * padding + kernel + extra

# %% right: the last pixel that is touched
def transposed_size(size, kernel, stride, padding, extra):
    last_start = range(0, size * stride, stride)[-1]
    return last_start + kernel - padding - padding + extra

# %% right: the size whose convolution leads back
def transposed_size(size, kernel, stride, padding, extra):
    found = 0
    while (found + 2 * padding - kernel) // stride + 1 < size:
        found += 1
    return found + extra

# %% wrong (0 of 1): not written
# check_transposed_size: is not written yet
def transposed_size(size, kernel, stride, padding, extra):
    raise NotImplementedError

# %% wrong (0 of 1): the extra rows are forgotten
# check_transposed_size: `extra` is missing
def transposed_size(size, kernel, stride, padding, extra):
    return stride * (size - 1) + kernel - 2 * padding

# %% wrong (0 of 1): the padding once
# check_transposed_size: The padding counts twice
def transposed_size(size, kernel, stride, padding, extra):
    return stride * (size - 1) + kernel - padding + extra

# %% wrong (0 of 1): the padding is added
# check_transposed_size: taken away here
def transposed_size(size, kernel, stride, padding, extra):
    return stride * (size - 1) + kernel + 2 * padding + extra

# %% wrong (0 of 1): no padding
# check_transposed_size: it takes 2 p away
def transposed_size(size, kernel, stride, padding, extra):
    return stride * (size - 1) + kernel + extra

# %% wrong (0 of 1): size for size - 1
# check_transposed_size: one step less
def transposed_size(size, kernel, stride, padding, extra):
    return stride * size + kernel - 2 * padding + extra

# %% wrong (0 of 1): padding "same"
# check_transposed_size: padding="same" in Keras
def transposed_size(size, kernel, stride, padding, extra):
    return stride * size

# %% wrong (0 of 1): extra at both ends
# check_transposed_size: at one end
def transposed_size(size, kernel, stride, padding, extra):
    return stride * (size - 1) + kernel - 2 * padding + 2 * extra

# %% wrong (0 of 1): the convolution's own formula
# check_transposed_size: the transposed one leads back
def transposed_size(size, kernel, stride, padding, extra):
    return (size + 2 * padding - kernel) // stride + 1

# %% wrong (0 of 1): the formula of Keras, where no kernel is smaller than the stride
# check_transposed_size: stride * (size - 1) + kernel - 2 * padding + extra
def transposed_size(size, kernel, stride, padding, extra):
    return size * stride + max(kernel - stride, 0) - 2 * padding + extra
