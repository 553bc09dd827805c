# %% right: two parts, float64 clip
def binary_crossentropy(x, x_hat):
    p = np.asarray(x_hat, dtype="float64").clip(1e-7, 1 - 1e-7)
    return (-(x * np.log(p)) - (1 - x) * np.log1p(-p)).mean()

# %% right: Keras' own function
def binary_crossentropy(x, x_hat):
    return keras.ops.mean(keras.losses.binary_crossentropy(x, x_hat))

# %% right: a loop over images, another clip
def binary_crossentropy(x, x_hat):
    total = 0.0
    for a, b in zip(x.astype(float), x_hat.astype(float)):
        b = np.minimum(np.maximum(b, 1e-8), 1 - 1e-8)
        total -= np.mean(a * np.log(b) + (1 - a) * np.log(1 - b))
    return total / len(x)

# %% right: softplus of logits
def binary_crossentropy(x, x_hat):
    p = np.clip(x_hat.astype(float), 1e-7, 1 - 1e-7)
    l = np.log(p) - np.log(1 - p)
    return float(np.mean(np.maximum(l, 0) - l * x + np.log1p(np.exp(-np.abs(l)))))

# %% wrong (0 of 3): summed over pixels
# check_binary_crossentropy: summed over pixels
# check_binary_crossentropy_edges: mean over all pixels
def binary_crossentropy(x, x_hat):
    p = np.clip(x_hat.astype(float), 1e-7, 1 - 1e-7)
    return -(x * np.log(p) + (1 - x) * np.log(1 - p)).sum(axis=1).mean()

# %% wrong (0 of 3): one number for each image
# check_binary_crossentropy: Take the mean over the images too
# check_binary_crossentropy_edges: not a single number
def binary_crossentropy(x, x_hat):
    p = np.clip(x_hat.astype(float), 1e-7, 1 - 1e-7)
    return -(x * np.log(p) + (1 - x) * np.log(1 - p)).mean(axis=1)

# %% wrong (0 of 3): the sum of everything
# check_binary_crossentropy: This is the sum
# check_binary_crossentropy_edges: mean over all pixels
def binary_crossentropy(x, x_hat):
    p = np.clip(x_hat.astype(float), 1e-7, 1 - 1e-7)
    return -np.sum(x * np.log(p) + (1 - x) * np.log(1 - p))

# %% wrong (2 of 3): no clip
# check_binary_crossentropy_edges: NaN
def binary_crossentropy(x, x_hat):
    return -np.mean(x * np.log(x_hat) + (1 - x) * np.log(1 - x_hat))

# %% wrong (2 of 3): adds epsilon inside the logarithm, too much
# check_binary_crossentropy_edges: Do you clip by too much
def binary_crossentropy(x, x_hat):
    p = np.clip(x_hat.astype(float), 1e-3, 1 - 1e-3)
    return -np.mean(x * np.log(p) + (1 - x) * np.log(1 - p))

# %% wrong (2 of 3): turns infinite terms into zero
# check_binary_crossentropy_edges: Clip x_hat to
def binary_crossentropy(x, x_hat):
    with np.errstate(all="ignore"):
        terms = x * np.log(x_hat) + (1 - x) * np.log(1 - x_hat)
    return -np.where(np.isfinite(terms), terms, 0).mean()

# %% wrong (0 of 3): no minus
# check_binary_crossentropy: The sign is turned
# check_binary_crossentropy_edges: Clip x_hat to
def binary_crossentropy(x, x_hat):
    p = np.clip(x_hat.astype(float), 1e-7, 1 - 1e-7)
    return np.mean(x * np.log(p) + (1 - x) * np.log(1 - p))

# %% wrong (0 of 3): half of the formula
# check_binary_crossentropy: the dark pixels
# check_binary_crossentropy_edges: Clip x_hat to
def binary_crossentropy(x, x_hat):
    p = np.clip(x_hat.astype(float), 1e-7, 1 - 1e-7)
    return -np.mean(x * np.log(p))

# %% wrong (0 of 3): bits
# check_binary_crossentropy: This is in bits
# check_binary_crossentropy_edges: Clip x_hat to
def binary_crossentropy(x, x_hat):
    p = np.clip(x_hat.astype(float), 1e-7, 1 - 1e-7)
    return -np.mean(x * np.log2(p) + (1 - x) * np.log2(1 - p))

# %% wrong (1 of 3): arguments exchanged
# check_binary_crossentropy: The two are exchanged
def binary_crossentropy(x, x_hat):
    p = np.clip(x.astype(float), 1e-7, 1 - 1e-7)
    return -np.mean(x_hat * np.log(p) + (1 - x_hat) * np.log(1 - p))

# %% wrong (0 of 3): squared error
# check_binary_crossentropy: This is the mean squared error
# check_binary_crossentropy_edges: Clip x_hat to
def binary_crossentropy(x, x_hat):
    return np.mean((x - x_hat) ** 2)

# %% wrong (0 of 3): from logits
# check_binary_crossentropy: takes x_hat for logits
# check_binary_crossentropy_edges: off by
def binary_crossentropy(x, x_hat):
    return float(np.mean(keras.losses.binary_crossentropy(x, x_hat, from_logits=True)))

# %% wrong (0 of 3): changes its argument
# check_binary_crossentropy: changed its argument x_hat
# check_binary_crossentropy_edges: changed its argument x_hat
def binary_crossentropy(x, x_hat):
    np.clip(x_hat, 0.25, 1 - 1e-7, out=x_hat)
    return -np.mean(x * np.log(x_hat) + (1 - x) * np.log(1 - x_hat))

# %% wrong (0 of 3): logarithms of base 10
# check_binary_crossentropy: base 10
# check_binary_crossentropy_edges: below
def binary_crossentropy(x, x_hat):
    p = np.clip(x_hat.astype(float), 1e-7, 1 - 1e-7)
    return -(x * np.log10(p) + (1 - x) * np.log10(1 - p)).mean()

# %% wrong (0 of 3): a minus between the two parts
# check_binary_crossentropy: subtracted from each other
# check_binary_crossentropy_edges: below
def binary_crossentropy(x, x_hat):
    p = np.clip(x_hat.astype(float), 1e-7, 1 - 1e-7)
    return -(x * np.log(p) - (1 - x) * np.log(1 - p)).mean()

# %% wrong (0 of 3): takes one argument
# check_binary_crossentropy: def binary_crossentropy(x, x_hat):
# check_binary_crossentropy_edges: def binary_crossentropy(x, x_hat):
def binary_crossentropy(x_hat):
    return -np.log(x_hat).mean()

# %% wrong (1 of 3): loses the axis of a single pixel
# check_binary_crossentropy: stopped with AxisError
def binary_crossentropy(x, x_hat):
    x, x_hat = np.squeeze(x), np.squeeze(np.clip(x_hat, 1e-7, 1 - 1e-7))
    each = x * np.log(x_hat) + (1 - x) * np.log(1 - x_hat)
    return -each.mean(axis=1).mean()

# %% wrong (1 of 3): grey pixels rounded to black or white
# check_binary_crossentropy: rounds the grey pixels
def binary_crossentropy(x, x_hat):
    x_hat = np.clip(x_hat, 1e-7, 1 - 1e-7)
    return -np.where(x > 0.5, np.log(x_hat), np.log(1 - x_hat)).mean()

# %% wrong (1 of 3): less the entropy of x
# check_binary_crossentropy: is a KL divergence
def binary_crossentropy(x, x_hat):
    q = np.clip(np.asarray(x_hat, float), 1e-7, 1 - 1e-7)
    p = np.clip(np.asarray(x, float), 1e-12, 1 - 1e-12)
    return np.mean(p * np.log(p / q) + (1 - p) * np.log((1 - p) / (1 - q)))

# %% wrong (2 of 3): a clip that float32 rounds away
# check_binary_crossentropy_edges: NaN
def binary_crossentropy(x, x_hat):
    x_hat = np.clip(x_hat, 1e-8, 1 - 1e-8)
    return -np.mean(x * np.log(x_hat) + (1 - x) * np.log(1 - x_hat))

# %% wrong (2 of 3): clipped above alone
# check_binary_crossentropy_edges: infinity
def binary_crossentropy(x, x_hat):
    x_hat = np.minimum(np.asarray(x_hat, float), 1 - 1e-7)
    on = x * np.log(np.where(x > 0, x_hat, 1))
    return -np.mean(on + (1 - x) * np.log(1 - x_hat))
