# %% right: normal with its scale
def add_gaussian(x, sigma, seed):
    rng = np.random.default_rng(seed)
    return np.clip(x + rng.normal(0, sigma, size=x.shape), 0, 1)

# %% right: the global generator, minimum and maximum
def add_gaussian(x, sigma, seed):
    np.random.seed(seed)
    noisy = np.random.randn(*x.shape) * sigma
    noisy += x
    return np.minimum(np.maximum(noisy, 0.0), 1.0)

# %% right: Keras draws and clips, float32
def add_gaussian(x, sigma, seed):
    x32 = x.astype("float32")
    noise = keras.random.normal(x.shape, stddev=1.0, seed=seed) * sigma
    return keras.ops.clip(x32 + noise, 0, 1)

# %% right: image by image
def add_gaussian(x, sigma, seed):
    rng = np.random.default_rng(seed)
    out = np.empty_like(x)
    for i, image in enumerate(x):
        out[i] = image + sigma * rng.standard_normal(image.shape)
    out[out < 0] = 0
    out[out > 1] = 1
    return out

# %% wrong (0 of 2): not written
# check_add_gaussian: is not written yet
# check_add_gaussian_seed: is not written yet
def add_gaussian(x, sigma, seed):
    raise NotImplementedError

# %% wrong (1 of 2): no clip
# check_add_gaussian: Clip the noisy image
def add_gaussian(x, sigma, seed):
    return x + sigma * np.random.default_rng(seed).standard_normal(x.shape)

# %% wrong (1 of 2): clips the noise in place of the image
# check_add_gaussian: by
def add_gaussian(x, sigma, seed):
    noise = sigma * np.random.default_rng(seed).standard_normal(x.shape)
    return x + np.clip(noise, 0, 1)

# %% wrong (1 of 2): the variance in place of the standard deviation
# check_add_gaussian: You squared sigma
def add_gaussian(x, sigma, seed):
    rng = np.random.default_rng(seed)
    return np.clip(x + rng.normal(0, sigma**2, size=x.shape), 0, 1)

# %% wrong (1 of 2): the root of sigma
# check_add_gaussian: you used it as the variance
def add_gaussian(x, sigma, seed):
    rng = np.random.default_rng(seed)
    return np.clip(x + np.sqrt(sigma) * rng.standard_normal(x.shape), 0, 1)

# %% wrong (1 of 2): uniform noise
# check_add_gaussian: is uniform; normal noise is due
def add_gaussian(x, sigma, seed):
    rng = np.random.default_rng(seed)
    return np.clip(x + rng.uniform(-sigma, sigma, size=x.shape), 0, 1)

# %% wrong (1 of 2): uniform noise of the right spread
# check_add_gaussian: Is it normal noise
def add_gaussian(x, sigma, seed):
    rng = np.random.default_rng(seed)
    return np.clip(x + 3**0.5 * rng.uniform(-sigma, sigma, size=x.shape), 0, 1)

# %% wrong (1 of 2): rand in place of randn
# check_add_gaussian: noise
def add_gaussian(x, sigma, seed):
    rng = np.random.default_rng(seed)
    return np.clip(x + sigma * rng.random(x.shape), 0, 1)

# %% wrong (1 of 2): the same noise for all images
# check_add_gaussian: the same in every image
def add_gaussian(x, sigma, seed):
    rng = np.random.default_rng(seed)
    return np.clip(x + sigma * rng.standard_normal(x.shape[1:]), 0, 1)

# %% wrong (1 of 2): one number for each image
# check_add_gaussian: moves some images as a whole
def add_gaussian(x, sigma, seed):
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((len(x),) + (1,) * (x.ndim - 1))
    return np.clip(x + sigma * noise, 0, 1)

# %% wrong (1 of 2): scaled to [0, 1] in place of clipped
# check_add_gaussian: standard deviation
def add_gaussian(x, sigma, seed):
    noisy = x + sigma * np.random.default_rng(seed).standard_normal(x.shape)
    return (noisy - noisy.min()) / (noisy.max() - noisy.min())

# %% wrong (1 of 2): reflected in place of clipped
# check_add_gaussian: do not scale, reflect
def add_gaussian(x, sigma, seed):
    noisy = np.abs(x + sigma * np.random.default_rng(seed).standard_normal(x.shape))
    return np.abs(1 - np.abs(1 - noisy) % 2) if sigma else x

# %% wrong (1 of 2): noise that grows with the pixel
# check_add_gaussian: standard deviation
def add_gaussian(x, sigma, seed):
    rng = np.random.default_rng(seed)
    return np.clip(x * (1 + sigma * rng.standard_normal(x.shape)), 0, 1)

# %% wrong (1 of 2): sigma forgotten
# check_add_gaussian: is due
def add_gaussian(x, sigma, seed):
    return np.clip(x + np.random.default_rng(seed).standard_normal(x.shape), 0, 1)

# %% wrong (1 of 2): the generator lives outside
# check_add_gaussian_seed: gave another result when it was called again
shared = np.random.default_rng(0)
def add_gaussian(x, sigma, seed):
    return np.clip(x + sigma * shared.standard_normal(x.shape), 0, 1)

# %% wrong (0 of 2): adds into its argument
# check_add_gaussian: changed its argument x
# check_add_gaussian_seed: changed its argument x
def add_gaussian(x, sigma, seed):
    x += (sigma * np.random.default_rng(seed).standard_normal(x.shape)).astype(x.dtype)
    return np.clip(x, 0, 1)

# %% wrong (0 of 2): a GaussianNoise layer, silent at prediction
# check_add_gaussian: Nothing has changed
# check_add_gaussian_seed: gives the same as with seed
def add_gaussian(x, sigma, seed):
    return np.asarray(keras.layers.GaussianNoise(sigma, seed=seed)(x)).clip(0, 1)

# %% wrong (1 of 2): a default takes the place of no noise
# check_add_gaussian: there is no noise at all
def add_gaussian(x, sigma, seed):
    rng = np.random.default_rng(seed)
    return np.clip(x + (sigma or 0.1) * rng.standard_normal(x.shape), 0, 1)

# %% wrong (1 of 2): neighbouring pixels share some of their noise
# check_add_gaussian: follow from those of others
def add_gaussian(x, sigma, seed):
    noise = np.random.default_rng(seed).standard_normal((len(x), x[0].size))
    noise = (noise + np.roll(noise, 1, axis=1)) / 2**0.5
    return np.clip(x + sigma * noise.reshape(x.shape), 0, 1)
