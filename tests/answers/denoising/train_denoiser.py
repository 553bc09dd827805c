# %% right: functional, squared error, noise by hand
def train_denoiser(x, sigma, epochs, seed):
    keras.utils.set_random_seed(seed)
    image = keras.Input((x.shape[1],))
    h = keras.layers.Dense(256, activation="relu")(image)
    model = keras.Model(image, keras.layers.Dense(x.shape[1], activation="sigmoid")(h))
    model.compile("adam", "mse", steps_per_execution=63)
    for epoch in range(epochs):
        noise = np.random.default_rng([seed, epoch]).normal(0, sigma, x.shape)
        model.fit((x + noise).clip(0, 1), x, verbose=0)
    return model

# %% right: a noise layer and a clip inside the network
def train_denoiser(x, sigma, epochs, seed):
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [
            keras.Input((x.shape[1],)),
            keras.layers.GaussianNoise(sigma),
            keras.layers.ReLU(max_value=1.0),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dense(x.shape[1], activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy", steps_per_execution=63)
    model.fit(x, x, epochs=epochs, verbose=0)
    return model

# %% wrong (0 of 3): not written
# check_train_denoiser: is not written yet
def train_denoiser(x, sigma, epochs, seed):
    raise NotImplementedError

# %% wrong (0 of 3): returns the history
# check_train_denoiser: the model is the object before
def train_denoiser(x, sigma, epochs, seed):
    d = x.shape[1]
    layers = [keras.layers.Dense(256, "relu"), keras.layers.Dense(d, "sigmoid")]
    model = keras.Sequential([keras.Input((d,)), *layers])
    model.compile("adam", "binary_crossentropy", steps_per_execution=63)
    return model.fit(x, x, verbose=0)

# %% wrong (0 of 3): fits clean to clean
# check_train_denoiser: The input of fit is the NOISY image
def train_denoiser(x, sigma, epochs, seed):
    keras.utils.set_random_seed(seed)
    d = x.shape[1]
    layers = [keras.layers.Dense(256, "relu"), keras.layers.Dense(d, "sigmoid")]
    model = keras.Sequential([keras.Input((d,)), *layers])
    model.compile("adam", "binary_crossentropy", steps_per_execution=63)
    model.fit(x, x, epochs=epochs, verbose=0)
    return model

# %% wrong (0 of 3): fits noisy to noisy
# check_train_denoiser: The target is the CLEAN image
def train_denoiser(x, sigma, epochs, seed):
    keras.utils.set_random_seed(seed)
    d = x.shape[1]
    layers = [keras.layers.Dense(256, "relu"), keras.layers.Dense(d, "sigmoid")]
    model = keras.Sequential([keras.Input((d,)), *layers])
    model.compile("adam", "binary_crossentropy", steps_per_execution=63)
    for _ in range(epochs):
        noisy = np.clip(x + sigma * np.random.randn(*x.shape), 0, 1)
        model.fit(noisy, noisy, verbose=0)
    return model

# %% wrong (0 of 3): one fixed noisy copy
# check_train_denoiser: Draw new noise in every epoch
def train_denoiser(x, sigma, epochs, seed):
    keras.utils.set_random_seed(seed)
    d = x.shape[1]
    layers = [keras.layers.Dense(256, "relu"), keras.layers.Dense(d, "sigmoid")]
    model = keras.Sequential([keras.Input((d,)), *layers])
    model.compile("adam", "binary_crossentropy", steps_per_execution=63)
    noisy = np.clip(x + sigma * np.random.randn(*x.shape), 0, 1)
    model.fit(noisy, x, epochs=epochs, verbose=0)
    return model

# %% wrong (0 of 3): a linear end, in one epoch of all
# check_train_denoiser: end with one sigmoid for each
def train_denoiser(x, sigma, epochs, seed):
    keras.utils.set_random_seed(seed)
    d = x.shape[1]
    layers = [keras.layers.Dense(256, "relu"), keras.layers.Dense(d)]
    model = keras.Sequential([keras.Input((d,)), *layers])
    model.compile("adam", "mse", steps_per_execution=63)
    model.fit(np.clip(x + sigma * np.random.randn(*x.shape), 0, 1), x, verbose=0)
    return model

# %% wrong (0 of 3): two hidden layers
# check_train_denoiser: One hidden layer of 256 nodes
def train_denoiser(x, sigma, epochs, seed):
    d = x.shape[1]
    dense = keras.layers.Dense
    layers = [dense(256, "relu"), dense(256, "relu"), dense(d, "sigmoid")]
    return keras.Sequential([keras.Input((d,)), *layers])

# %% wrong (0 of 3): always thirty epochs
# check_train_denoiser: gives the same as for epochs=1
def train_denoiser(x, sigma, epochs, seed):
    keras.utils.set_random_seed(seed)
    d = x.shape[1]
    layers = [keras.layers.Dense(256, "relu"), keras.layers.Dense(d, "sigmoid")]
    model = keras.Sequential([keras.Input((d,)), *layers])
    model.compile("adam", "binary_crossentropy", steps_per_execution=63)
    for _ in range(30):
        model.fit(np.clip(x + sigma * np.random.randn(*x.shape), 0, 1), x, verbose=0)
    return model
