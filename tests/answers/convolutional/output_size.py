# %% right: whole division
def output_size(size, kernel, stride, padding):
    return (size - kernel + 2 * padding) // stride + 1

# %% right: numpy's floor
def output_size(size, kernel, stride, padding):
    steps = np.floor((size + 2 * padding - kernel) / stride)
    return int(steps) + 1

# %% right: counting the places
def output_size(size, kernel, stride, padding):
    places = 0
    left = -padding
    while left + kernel <= size + padding:
        places += 1
        left += stride
    return places

# %% right: a range
def output_size(size, kernel, stride, padding):
    return len(range(0, size + 2 * padding - kernel + 1, stride))

# %% wrong (0 of 1): not written
# check_output_size: is not written yet
def output_size(size, kernel, stride, padding):
    raise NotImplementedError

# %% wrong (0 of 1): the padding at one end only
# check_output_size: it is added at each end
def output_size(size, kernel, stride, padding):
    return (size + padding - kernel) // stride + 1

# %% wrong (0 of 1): no padding
# check_output_size: The padding is missing
def output_size(size, kernel, stride, padding):
    return (size - kernel) // stride + 1

# %% wrong (0 of 1): no first place
# check_output_size: Add 1 after the division
def output_size(size, kernel, stride, padding):
    return (size + 2 * padding - kernel) // stride

# %% wrong (0 of 1): the 1 is divided too
# check_output_size: Add 1 after the division
def output_size(size, kernel, stride, padding):
    return (size + 2 * padding - kernel + 1) // stride

# %% wrong (0 of 1): rounds up
# check_output_size: This rounds up
def output_size(size, kernel, stride, padding):
    return int(np.ceil((size + 2 * padding - kernel) / stride)) + 1

# %% wrong (0 of 1): rounds to the nearest
# check_output_size: This rounds up
def output_size(size, kernel, stride, padding):
    return round((size + 2 * padding - kernel) / stride) + 1

# %% wrong (0 of 1): does not round
# check_output_size: not whole
def output_size(size, kernel, stride, padding):
    return (size + 2 * padding - kernel) / stride + 1

# %% wrong (0 of 1): the stride is forgotten
# check_output_size: The stride is missing
def output_size(size, kernel, stride, padding):
    return size + 2 * padding - kernel + 1

# %% wrong (0 of 1): padding "same"
# check_output_size: This is the size for padding="same"
def output_size(size, kernel, stride, padding):
    return -(-size // stride)

# %% wrong (0 of 1): prints and returns nothing
# check_output_size: Does the function end with `return`?
def output_size(size, kernel, stride, padding):
    print((size + 2 * padding - kernel) // stride + 1)

# %% wrong (0 of 1): the shown value
# check_output_size: is off by
def output_size(size, kernel, stride, padding):
    return 14

# %% wrong (0 of 1): kernel - 1 is taken away
# check_output_size: takes away kernel - 1
def output_size(size, kernel, stride, padding):
    return (size + 2 * padding - (kernel - 1)) // stride + 1
