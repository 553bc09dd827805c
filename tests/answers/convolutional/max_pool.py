# %% right: minus infinity around, then blocks
def max_pool(x):
    n, h, w, c = x.shape
    padded = np.pad(
        x.astype(float), [(0, 0), (0, h % 2), (0, w % 2), (0, 0)],
        constant_values=-np.inf,
    )
    hh, ww = padded.shape[1] // 2, padded.shape[2] // 2
    blocks = padded.reshape(n, hh, 2, ww, 2, c).transpose(0, 1, 3, 5, 2, 4)
    blocks = blocks.reshape(n, hh, ww, c, 4)
    best = blocks.argmax(-1)
    row = 2 * np.arange(hh)[:, None, None] + best // 2
    column = 2 * np.arange(ww)[:, None] + best % 2
    return blocks.max(-1), (row * w + column) * c + np.arange(c)

# %% right: loops, the last of equal maxima
def max_pool(x):
    n, height, width, channels = x.shape
    shape = (n, (height + 1) // 2, (width + 1) // 2, channels)
    pooled = np.full(shape, -np.inf)
    locations = np.zeros(shape, dtype=int)
    for b in range(n):
        for row in range(height):
            for column in range(width):
                for c in range(channels):
                    at = (b, row // 2, column // 2, c)
                    if x[b, row, column, c] >= pooled[at]:
                        pooled[at] = x[b, row, column, c]
                        locations[at] = (row * width + column) * channels + c
    return pooled, locations

# %% right: TensorFlow's own, as tensors
def max_pool(x):
    import tensorflow as tf

    return tf.nn.max_pool_with_argmax(x, 2, 2, "SAME")

# %% right: the course's layer
def max_pool(x):
    from cs5045ae.layers import MaxPoolWithLocations

    pooled, locations = MaxPoolWithLocations(padding="same")(x.astype("float32"))
    return [np.asarray(pooled), np.asarray(locations).astype("float64")]

# %% wrong (0 of 4): not written
# check_pooled: is not written yet
# check_locations: is not written yet
# check_odd_sizes: is not written yet
def max_pool(x):
    raise NotImplementedError

# %% wrong (1 of 4): the count goes on over the batch
# check_locations: The count starts again with every image
# check_odd_sizes: The count starts again with every image
def max_pool(x):
    import tensorflow as tf

    return tf.nn.max_pool_with_argmax(x, 2, 2, "SAME", include_batch_in_index=True)

# %% wrong (1 of 4): the channels are not part of the index
# check_locations: The channels are part of the index
# check_odd_sizes: The channels are part of the index
def max_pool(x):
    n, height, width, channels = x.shape
    pooled = np.zeros((n, -(-height // 2), -(-width // 2), channels))
    locations = np.zeros(pooled.shape, dtype=int)
    for at in np.ndindex(pooled.shape):
        b, i, j, c = at
        window = x[b, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2, c]
        row, column = np.unravel_index(window.argmax(), window.shape)
        pooled[at] = window.max()
        locations[at] = (2 * i + row) * width + 2 * j + column
    return pooled, locations

# %% wrong (1 of 4): one channel after the other
# check_locations: The channel runs fastest
# check_odd_sizes: The channel runs fastest
def max_pool(x):
    n, height, width, channels = x.shape
    pooled = np.zeros((n, -(-height // 2), -(-width // 2), channels))
    locations = np.zeros(pooled.shape, dtype=int)
    for at in np.ndindex(pooled.shape):
        b, i, j, c = at
        window = x[b, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2, c]
        row, column = np.unravel_index(window.argmax(), window.shape)
        pooled[at] = window.max()
        locations[at] = (c * height + 2 * i + row) * width + 2 * j + column
    return pooled, locations

# %% wrong (1 of 4): the number inside the window
# check_locations: the number of the pixel inside its window
# check_odd_sizes: not where that window has its maximum
def max_pool(x):
    n, height, width, channels = x.shape
    pooled = np.zeros((n, -(-height // 2), -(-width // 2), channels))
    locations = np.zeros(pooled.shape, dtype=int)
    for at in np.ndindex(pooled.shape):
        b, i, j, c = at
        window = x[b, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2, c]
        pooled[at] = window.max()
        locations[at] = window.argmax()
    return pooled, locations

# %% wrong (3 of 4): the width made even
# check_odd_sizes: without anything added to make it even
def max_pool(x):
    n, h, w, c = x.shape
    padded = np.pad(
        x.astype(float), [(0, 0), (0, h % 2), (0, w % 2), (0, 0)],
        constant_values=-np.inf,
    )
    hh, ww = padded.shape[1] // 2, padded.shape[2] // 2
    blocks = padded.reshape(n, hh, 2, ww, 2, c).transpose(0, 1, 3, 5, 2, 4)
    blocks = blocks.reshape(n, hh, ww, c, 4)
    best = blocks.argmax(-1)
    row = 2 * np.arange(hh)[:, None, None] + best // 2
    column = 2 * np.arange(ww)[:, None] + best % 2
    return blocks.max(-1), (row * 2 * ww + column) * c + np.arange(c)

# %% wrong (3 of 4): zeros beyond the edge
# check_odd_sizes: a zero from beyond the edge wins
def max_pool(x):
    n, h, w, c = x.shape
    padded = np.pad(x.astype(float), [(0, 0), (0, h % 2), (0, w % 2), (0, 0)])
    hh, ww = padded.shape[1] // 2, padded.shape[2] // 2
    blocks = padded.reshape(n, hh, 2, ww, 2, c).transpose(0, 1, 3, 5, 2, 4)
    blocks = blocks.reshape(n, hh, ww, c, 4)
    best = blocks.argmax(-1)
    row = 2 * np.arange(hh)[:, None, None] + best // 2
    column = 2 * np.arange(ww)[:, None] + best % 2
    return blocks.max(-1), (row * w + column) * c + np.arange(c)

# %% wrong (3 of 4): the last row and column are left out
# check_odd_sizes: round up, not down
def max_pool(x):
    n, height, width, channels = x.shape
    pooled = np.zeros((n, height // 2, width // 2, channels))
    locations = np.zeros(pooled.shape, dtype=int)
    for at in np.ndindex(pooled.shape):
        b, i, j, c = at
        window = x[b, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2, c]
        row, column = np.unravel_index(window.argmax(), window.shape)
        pooled[at] = window.max()
        locations[at] = ((2 * i + row) * width + 2 * j + column) * channels + c
    return pooled, locations

# %% wrong (1 of 4): the best so far begins at 0
# check_locations: not where that window has its maximum
# check_odd_sizes: Do you start from 0?
def max_pool(x):
    n, height, width, channels = x.shape
    shape = (n, (height + 1) // 2, (width + 1) // 2, channels)
    pooled, locations = np.zeros(shape), np.zeros(shape, dtype=int)
    for b, row, column, c in np.ndindex(x.shape):
        at = (b, row // 2, column // 2, c)
        if x[b, row, column, c] >= pooled[at]:
            pooled[at] = x[b, row, column, c]
            locations[at] = (row * width + column) * channels + c
    return pooled, locations

# %% wrong (0 of 4): the mean
# check_pooled: This is the mean of each window
# check_locations: of shape
# check_odd_sizes: stopped with ValueError
def max_pool(x):
    n, h, w, c = x.shape
    return x.reshape(n, h // 2, 2, w // 2, 2, c).mean(axis=(2, 4)), np.zeros(1)

# %% wrong (0 of 4): windows that overlap
# check_pooled: The windows stand side by side
# check_locations: The windows stand side by side
# check_odd_sizes: of which the value
def max_pool(x):
    n, h, w, c = x.shape
    pooled = np.zeros((n, h - 1, w - 1, c))
    locations = np.zeros(pooled.shape, dtype=int)
    for at in np.ndindex(pooled.shape):
        b, i, j, k = at
        window = x[b, i : i + 2, j : j + 2, k]
        row, column = np.unravel_index(window.argmax(), window.shape)
        pooled[at] = window.max()
        locations[at] = ((i + row) * w + j + column) * c + k
    return pooled, locations

# %% wrong (1 of 4): rows are counted by the height
# check_locations: not the height
# check_odd_sizes: not the height
def max_pool(x):
    n, height, width, channels = x.shape
    pooled = np.zeros((n, -(-height // 2), -(-width // 2), channels))
    locations = np.zeros(pooled.shape, dtype=int)
    for at in np.ndindex(pooled.shape):
        b, i, j, c = at
        window = x[b, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2, c]
        row, column = np.unravel_index(window.argmax(), window.shape)
        pooled[at] = window.max()
        locations[at] = ((2 * i + row) * height + 2 * j + column) * channels + c
    return pooled, locations

# %% wrong (0 of 4): the values alone
# check_pooled: not a tuple (pooled, locations)
# check_locations: not a tuple (pooled, locations)
# check_odd_sizes: not a tuple (pooled, locations)
def max_pool(x):
    return np.asarray(keras.ops.max_pool(x, 2, padding="same"))

# %% wrong (1 of 4): the channel is not added at the end
# check_locations: The channel itself is still to be added
# check_odd_sizes: The channel itself is still to be added
def max_pool(x):
    n, height, width, channels = x.shape
    pooled = np.zeros((n, -(-height // 2), -(-width // 2), channels))
    locations = np.zeros(pooled.shape, dtype=int)
    for image, i, j, c in np.ndindex(*pooled.shape):
        window = x[image, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2, c]
        row, column = np.unravel_index(window.argmax(), window.shape)
        pooled[image, i, j, c] = window.max()
        locations[image, i, j, c] = ((2 * i + row) * width + 2 * j + column) * channels
    return pooled, locations

# %% wrong (2 of 4): locations in uint8
# check_locations: starts again from 0
def max_pool(x):
    n, height, width, channels = x.shape
    pooled = np.zeros((n, -(-height // 2), -(-width // 2), channels))
    locations = np.zeros(pooled.shape, dtype=np.uint8)
    for at in np.ndindex(pooled.shape):
        image, i, j, c = at
        window = x[image, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2, c]
        row, column = np.unravel_index(window.argmax(), window.shape)
        place = ((2 * i + row) * width + 2 * j + column) * channels + c
        pooled[at], locations[at] = window[row, column], place % 256
    return pooled, locations

# %% wrong (1 of 4): the channels multiply the column alone
# check_locations: multiplied by the number of channels, both
# check_odd_sizes: multiplied by the number of channels, both
def max_pool(x):
    n, height, width, channels = x.shape
    pooled = np.zeros((n, -(-height // 2), -(-width // 2), channels))
    locations = np.zeros(pooled.shape, dtype=int)
    for at in np.ndindex(pooled.shape):
        image, i, j, c = at
        window = x[image, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2, c]
        row, column = np.unravel_index(window.argmax(), window.shape)
        pooled[at] = window[row, column]
        locations[at] = (2 * i + row) * width + (2 * j + column) * channels + c
    return pooled, locations
