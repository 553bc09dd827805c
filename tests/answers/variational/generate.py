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
# check_generate_draws: standard deviation of 0.
def generate(decoder, code_size, n_samples, seed):
    z = np.random.default_rng(seed).normal(0, 0.5, (n_samples, code_size))
    return np.asarray(decoder(z))

# %% wrong (1 of 2): draws pixels, not codes
# check_generate: Draw codes, not pixels
def generate(decoder, code_size, n_samples, seed):
    d = decoder.output_shape[-1]
    return np.random.default_rng(seed).standard_normal((n_samples, d))

# %% wrong (1 of 2): a seed of its own for every image
# check_generate: `default_rng(seed + i)` is the first draw of another seed
def generate(decoder, code_size, n_samples, seed):
    rngs = [np.random.default_rng(seed + i) for i in range(n_samples)]
    return np.asarray(decoder(np.stack([r.standard_normal(code_size) for r in rngs])))

# %% wrong (1 of 2): the same hundred draws again and again
# check_generate_draws: some values again in a later row
def generate(decoder, code_size, n_samples, seed):
    z = np.random.default_rng(seed).standard_normal((100, code_size))
    return np.asarray(decoder(z[np.arange(n_samples) % 100]))

# %% right: one image after the other
def generate(decoder, code_size, n_samples, seed):
    rng = np.random.default_rng(seed)
    z = [rng.normal(size=(1, code_size)) for _ in range(n_samples)]
    return [np.asarray(decoder(one))[0] for one in z]

# %% right: a seed in two parts for each image
def generate(decoder, code_size, n_samples, seed):
    rngs = [np.random.default_rng([seed, i]) for i in range(n_samples)]
    return np.asarray(decoder(np.stack([r.standard_normal(code_size) for r in rngs])))

# %% wrong (1 of 2): tails cut at 2.5
# check_generate_draws: its tails not cut
def generate(decoder, code_size, n_samples, seed):
    z = np.random.default_rng(seed).standard_normal((n_samples, code_size))
    return np.asarray(decoder(z.clip(-2.5, 2.5)))

# %% wrong (1 of 2): takes seed 0 for no seed
# check_generate: gave other images when it was called again
def generate(decoder, code_size, n_samples, seed):
    rng = np.random.default_rng(seed or None)
    return np.asarray(decoder(rng.standard_normal((n_samples, code_size))))
