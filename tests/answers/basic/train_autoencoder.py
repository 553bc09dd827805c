# %% right: functional, squared error, validation and shuffling as they are
def train_autoencoder(x, code_size, epochs, seed):
    keras.utils.set_random_seed(seed)
    L, d = keras.layers, x.shape[1]
    image = keras.Input((d,))
    code = L.Dense(code_size, "relu")(L.Dense(128, "relu")(image))
    model = keras.Model(image, L.Dense(d, "sigmoid")(L.Dense(128, "relu")(code)))
    model.compile(keras.optimizers.Adam(), keras.losses.MeanSquaredError(), steps_per_execution=32)
    model.fit(x, x, batch_size=32, epochs=epochs, verbose=0)
    return model

# %% right: linear code, ELU, loss from logits and a sigmoid behind
def train_autoencoder(x, code_size, epochs, seed):
    keras.utils.set_random_seed(seed)
    L, d = keras.layers, x.shape[1]
    logits = keras.Sequential([keras.Input((d,)), L.Dense(128, "elu"), L.Dense(code_size), L.Dense(128, "elu"), L.Dense(d)])
    logits.compile("adam", keras.losses.BinaryCrossentropy(from_logits=True), steps_per_execution=32)
    logits.fit(x, x, epochs=epochs, verbose=0)
    return keras.Sequential([keras.Input((d,)), logits, L.Activation("sigmoid")])

# %% wrong (0 of 2): divides by 255 once more
# check_train_autoencoder: do not divide them again
def train_autoencoder(x, code_size, epochs, seed):
    keras.utils.set_random_seed(seed)
    L, d = keras.layers, x.shape[1]
    model = keras.Sequential([keras.Input((d,)), L.Dense(128, "relu"), L.Dense(code_size, "relu"), L.Dense(128, "relu"), L.Dense(d, "sigmoid")])
    model.compile("adam", "binary_crossentropy", steps_per_execution=32)
    model.fit(x / 255, x / 255, epochs=epochs // 4, verbose=0)
    return model

# %% wrong (0 of 2): softmax
# check_train_autoencoder: That is a softmax
def train_autoencoder(x, code_size, epochs, seed):
    keras.utils.set_random_seed(seed)
    L, d = keras.layers, x.shape[1]
    model = keras.Sequential([keras.Input((d,)), L.Dense(128, "relu"), L.Dense(code_size, "relu"), L.Dense(128, "relu"), L.Dense(d, "softmax")])
    model.compile("adam", "binary_crossentropy", steps_per_execution=32)
    model.fit(x, x, epochs=epochs // 4, verbose=0)
    return model

# %% wrong (0 of 2): a code that is too wide
# check_train_autoencoder: whose narrowest layer has 64 nodes
def train_autoencoder(x, code_size, epochs, seed):
    keras.utils.set_random_seed(seed)
    L, d = keras.layers, x.shape[1]
    model = keras.Sequential([keras.Input((d,)), L.Dense(128, "relu"), L.Dense(4 * code_size, "relu"), L.Dense(128, "relu"), L.Dense(d, "sigmoid")])
    model.compile("adam", "binary_crossentropy", steps_per_execution=32)
    model.fit(x, x, epochs=epochs // 4, verbose=0)
    return model

# %% wrong (0 of 2): a connection past the code
# check_train_autoencoder: do not simply follow one another
def train_autoencoder(x, code_size, epochs, seed):
    keras.utils.set_random_seed(seed)
    L, d = keras.layers, x.shape[1]
    image = keras.Input((d,))
    h = L.Dense(128, "relu")(image)
    z = L.Dense(code_size, "relu")(h)
    x_hat = L.Dense(d, "sigmoid")(L.Concatenate()([h, L.Dense(128, "relu")(z)]))
    model = keras.Model(image, x_hat)
    model.compile("adam", "binary_crossentropy", steps_per_execution=32)
    model.fit(x, x, epochs=epochs // 4, verbose=0)
    return model

# %% wrong (0 of 2): Adadelta from an old tutorial
# check_train_autoencoder: It has learnt next to nothing
def train_autoencoder(x, code_size, epochs, seed):
    keras.utils.set_random_seed(seed)
    L, d = keras.layers, x.shape[1]
    model = keras.Sequential([keras.Input((d,)), L.Dense(128, "relu"), L.Dense(code_size, "relu"), L.Dense(128, "relu"), L.Dense(d, "sigmoid")])
    model.compile("adadelta", "binary_crossentropy", steps_per_execution=32)
    model.fit(x, x, epochs=epochs, verbose=0)
    return model

# %% wrong (0 of 2): never trained
# check_train_autoencoder: It has learnt next to nothing
def train_autoencoder(x, code_size, epochs, seed):
    L, d = keras.layers, x.shape[1]
    return keras.Sequential([keras.Input((d,)), L.Dense(128, "relu"), L.Dense(code_size, "relu"), L.Dense(128, "relu"), L.Dense(d, "sigmoid")])

# %% wrong (0 of 2): a tenth of the epochs
# check_train_autoencoder: Train for all epochs
def train_autoencoder(x, code_size, epochs, seed):
    keras.utils.set_random_seed(seed)
    L, d = keras.layers, x.shape[1]
    model = keras.Sequential([keras.Input((d,)), L.Dense(128, "relu"), L.Dense(code_size, "relu"), L.Dense(128, "relu"), L.Dense(d, "sigmoid")])
    model.compile("adam", "binary_crossentropy", steps_per_execution=32)
    model.fit(x, x, epochs=epochs // 10, verbose=0)
    return model

# %% wrong (0 of 2): targets in another order than the inputs
# check_train_autoencoder: It has learnt next to nothing
def train_autoencoder(x, code_size, epochs, seed):
    keras.utils.set_random_seed(seed)
    L, d = keras.layers, x.shape[1]
    model = keras.Sequential([keras.Input((d,)), L.Dense(128, "relu"), L.Dense(code_size, "relu"), L.Dense(128, "relu"), L.Dense(d, "sigmoid")])
    model.compile("adam", "binary_crossentropy", steps_per_execution=32)
    model.fit(x, x[::-1], epochs=epochs // 8, verbose=0)
    return model

# %% wrong (0 of 2): returns the history
# check_train_autoencoder: a History, not a model
def train_autoencoder(x, code_size, epochs, seed):
    L, d = keras.layers, x.shape[1]
    model = keras.Sequential([keras.Input((d,)), L.Dense(code_size, "relu"), L.Dense(d, "sigmoid")])
    model.compile("adam", "binary_crossentropy")
    return model.fit(x, x, epochs=1, verbose=0)

# %% wrong (0 of 2): made for 784 pixels
# check_train_autoencoder: stopped with
def train_autoencoder(x, code_size, epochs, seed):
    L = keras.layers
    model = keras.Sequential([keras.Input((784,)), L.Dense(128, "relu"), L.Dense(code_size, "relu"), L.Dense(128, "relu"), L.Dense(784, "sigmoid")])
    model.compile("adam", "binary_crossentropy")
    model.fit(x, x, epochs=1, verbose=0)
    return model
