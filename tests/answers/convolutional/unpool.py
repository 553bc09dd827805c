# %% right: fancy indexing of all images at once
def unpool(pooled, locations, height, width):
    n, c = pooled.shape[0], pooled.shape[3]
    flat = np.zeros((n, height * width * c))
    flat[np.arange(n)[:, None], locations.reshape(n, -1)] = pooled.reshape(n, -1)
    return flat.reshape(n, height, width, c)

# %% right: one value at a time, the index taken apart
def unpool(pooled, locations, height, width):
    n, h, w, channels = pooled.shape
    out = np.zeros((n, height, width, channels))
    for at in np.ndindex(pooled.shape):
        where = int(locations[at])
        row = where // (width * channels)
        column = where // channels % width
        out[at[0], row, column, where % channels] = pooled[at]
    return out

# %% right: put_along_axis
def unpool(pooled, locations, height, width):
    n, channels = len(pooled), pooled.shape[-1]
    flat = np.zeros((n, height * width * channels), dtype=pooled.dtype)
    np.put_along_axis(flat, locations.reshape(n, -1), pooled.reshape(n, -1), axis=1)
    return flat.reshape(n, height, width, channels)

# %% right: the course's layer
def unpool(pooled, locations, height, width):
    from cs5045ae.layers import Unpool

    return Unpool(height, width)([pooled.astype("float32"), locations])

# %% wrong (0 of 3): not written
# check_unpool: is not written yet
# check_unpool_sizes: is not written yet
def unpool(pooled, locations, height, width):
    raise NotImplementedError

# %% wrong (0 of 3): repeats the values
# check_unpool: This repeats each value over its window
# check_unpool_sizes: This repeats each value over its window
def unpool(pooled, locations, height, width):
    return pooled.repeat(2, axis=1).repeat(2, axis=2)[:, :height, :width]

# %% wrong (0 of 3): the top left corner
# check_unpool: into the top left corner
# check_unpool_sizes: into the top left corner
def unpool(pooled, locations, height, width):
    out = np.zeros((len(pooled), height, width, pooled.shape[-1]))
    out[:, ::2, ::2] = pooled
    return out

# %% wrong (0 of 3): all images into one
# check_unpool: All images are written into the first one
# check_unpool_sizes: All images are written into the first one
def unpool(pooled, locations, height, width):
    out = np.zeros((len(pooled), height, width, pooled.shape[-1]))
    out.ravel()[locations.ravel()] = pooled.ravel()
    return out

# %% wrong (2 of 3): twice the pooled size
# check_unpool_sizes: The size is not always twice the pooled one
def unpool(pooled, locations, height, width):
    n, h, w, c = pooled.shape
    flat = np.zeros((n, 4 * h * w * c))
    for i in range(n):
        flat[i, locations[i].ravel()] = pooled[i].ravel()
    return flat.reshape(n, 2 * h, 2 * w, c)

# %% wrong (0 of 3): without channels
# check_unpool: stopped with IndexError
# check_unpool_sizes: stopped with IndexError
def unpool(pooled, locations, height, width):
    out = np.zeros((len(pooled), height, width, pooled.shape[-1]))
    for at in np.ndindex(pooled.shape):
        row, column = locations[at] // width, locations[at] % width
        out[at[0], row, column, at[3]] = pooled[at]
    return out

# %% wrong (0 of 3): the flat images
# check_unpool: The images are still flat
# check_unpool_sizes: The images are still flat
def unpool(pooled, locations, height, width):
    n, channels = len(pooled), pooled.shape[-1]
    flat = np.zeros((n, height * width * channels))
    for i in range(n):
        flat[i, locations[i].ravel()] = pooled[i].ravel()
    return flat

# %% wrong (2 of 3): zeros where a value is negative
# check_unpool_sizes: is off by
def unpool(pooled, locations, height, width):
    n, channels = len(pooled), pooled.shape[-1]
    flat = np.zeros((n, height * width * channels))
    for i in range(n):
        np.maximum.at(flat[i], locations[i].ravel(), pooled[i].ravel())
    return flat.reshape(n, height, width, channels)

# %% wrong (0 of 3): the first image for all
# check_unpool: values and places of the first one
# check_unpool_sizes: values and places of the first one
def unpool(pooled, locations, height, width):
    n, channels = len(pooled), pooled.shape[-1]
    flat = np.zeros((n, height * width * channels))
    for i in range(n):
        flat[i, locations[0].ravel()] = pooled[0].ravel()
    return flat.reshape(n, height, width, channels)

# %% wrong (0 of 3): the same zeros for all images
# check_unpool: Values of the images before are still there
# check_unpool_sizes: Values of the images before are still there
def unpool(pooled, locations, height, width):
    flat = np.zeros(height * width * pooled.shape[-1])
    images = []
    for values, places in zip(pooled, locations):
        flat[places.ravel()] = values.ravel()
        images.append(flat.reshape(height, width, -1).copy())
    return np.stack(images)
