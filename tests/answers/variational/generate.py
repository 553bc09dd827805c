# %% right: by predict
def generate(decoder, code_size, n_samples, seed):
    z = np.random.default_rng(seed).normal(size=(n_samples, code_size))
    return decoder.predict(z, verbose=0)

# %% right: the noise of Keras
def generate(decoder, code_size, n_samples, seed):
    return decoder(keras.random.normal((n_samples, code_size), seed=seed))

# %% right: numpy's older generator
def generate(decoder, code_size, n_samples, seed):
    rng = np.random.RandomState(seed)
    return decoder(rng.randn(n_samples, code_size).astype("float32")).numpy()

# %% wrong (1 of 2): uniform numbers
# check_generate_draws: draws evenly between 0 and 1
def generate(decoder, code_size, n_samples, seed):
    z = np.random.default_rng(seed).random((n_samples, code_size))
    return np.asarray(decoder(z))

# %% wrong (1 of 2): one draw for all images
# check_generate_draws: Each image needs a draw of its own
def generate(decoder, code_size, n_samples, seed):
    z = np.random.default_rng(seed).standard_normal((1, code_size))
    return np.asarray(decoder(np.repeat(z, n_samples, axis=0)))

# %% wrong (1 of 2): one seed for every image
# check_generate_draws: Each image needs a draw of its own
def generate(decoder, code_size, n_samples, seed):
    rows = [
        np.random.default_rng(seed).standard_normal(code_size) for _ in range(n_samples)
    ]
    return np.asarray(decoder(np.array(rows)))

# %% wrong (1 of 2): the seed is not used
# check_generate: gave the same images as with another seed
def generate(decoder, code_size, n_samples, seed):
    z = np.random.default_rng(0).standard_normal((n_samples, code_size))
    return np.asarray(decoder(z))

# %% wrong (0 of 2): returns the codes
# check_generate: pass them through the decoder
# check_generate_draws: a mean of 1.
def generate(decoder, code_size, n_samples, seed):
    return 1 + np.random.default_rng(seed).standard_normal((n_samples, code_size))

# %% wrong (1 of 2): a narrower prior
# check_generate_draws: standard deviation of 0.50
def generate(decoder, code_size, n_samples, seed):
    z = np.random.default_rng(seed).normal(0, 0.5, (n_samples, code_size))
    return np.asarray(decoder(z))
