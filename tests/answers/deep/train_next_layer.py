# %% right: functional, squared error, the encoder inside and frozen
def train_next_layer(x, encoder, code_size, epochs, seed):
    keras.utils.set_random_seed(seed)
    encoder.trainable = False
    m = encoder.output_shape[1]
    nodes, code = keras.Input((m,)), keras.Input((code_size,))
    down = keras.Model(nodes, keras.layers.Dense(code_size)(nodes))
    up = keras.Model(code, keras.layers.Dense(m, activation="sigmoid")(code))
    image = keras.Input((x.shape[1],))
    both = keras.Model(image, up(down(encoder(image))))
    both.compile(keras.optimizers.Adam(0.01), "mse", steps_per_execution=16)
    both.fit(x, encoder.predict(x, verbose=0), epochs=epochs, verbose=0)
    return down, up

# %% right: stored codes, cut out of one network
def train_next_layer(x, encoder, code_size, epochs, seed):
    keras.utils.set_random_seed(seed)
    h = encoder.predict(x, verbose=0)
    first, second = keras.layers.Dense(code_size), keras.layers.Dense(h.shape[1], "sigmoid")
    net = keras.Sequential([keras.Input((h.shape[1],)), first, second])
    net.compile(keras.optimizers.Adam(learning_rate=1e-2), "binary_crossentropy", steps_per_execution=32)
    net.fit(h, h, batch_size=32, epochs=epochs, verbose=0)
    code = keras.Input((code_size,))
    return keras.Model(net.inputs[0], first.output), keras.Model(code, second(code))

# %% wrong (0 of 2): fed with pixels
# check_train_next_layer: Greedy training feeds each layer
def train_next_layer(x, encoder, code_size, epochs, seed):
    keras.utils.set_random_seed(seed)
    d = x.shape[1]
    down = keras.Sequential([keras.Input((d,)), keras.layers.Dense(code_size)])
    up = keras.Sequential([keras.Input((code_size,)), keras.layers.Dense(d, "sigmoid")])
    return down, up

# %% wrong (0 of 2): never trained
# check_train_next_layer: It has learnt next to nothing
def train_next_layer(x, encoder, code_size, epochs, seed):
    m = encoder.output_shape[1]
    down = keras.Sequential([keras.Input((m,)), keras.layers.Dense(code_size)])
    up = keras.Sequential([keras.Input((code_size,)), keras.layers.Dense(m, "sigmoid")])
    return down, up

# %% wrong (0 of 2): a sigmoid code
# check_train_next_layer: its Dense layer has no activation
def train_next_layer(x, encoder, code_size, epochs, seed):
    keras.utils.set_random_seed(seed)
    h = np.asarray(encoder(x))
    m = h.shape[1]
    down = keras.Sequential([keras.Input((m,)), keras.layers.Dense(code_size, "sigmoid")])
    up = keras.Sequential([keras.Input((code_size,)), keras.layers.Dense(m, "sigmoid")])
    both = keras.Sequential([keras.Input((m,)), down, up])
    both.compile(keras.optimizers.Adam(0.01), "mse", steps_per_execution=16)
    both.fit(h, h, epochs=epochs, verbose=0)
    return down, up

# %% wrong (0 of 2): a linear end
# check_train_next_layer: end with a sigmoid
def train_next_layer(x, encoder, code_size, epochs, seed):
    m = encoder.output_shape[1]
    down = keras.Sequential([keras.Input((m,)), keras.layers.Dense(code_size)])
    up = keras.Sequential([keras.Input((code_size,)), keras.layers.Dense(m)])
    return down, up

# %% wrong (0 of 2): the order exchanged
# check_train_next_layer: The order is next_encoder, next_decoder
def train_next_layer(x, encoder, code_size, epochs, seed):
    m = encoder.output_shape[1]
    down = keras.Sequential([keras.Input((m,)), keras.layers.Dense(code_size)])
    up = keras.Sequential([keras.Input((code_size,)), keras.layers.Dense(m, "sigmoid")])
    return up, down

# %% wrong (0 of 2): trains the layer below along with its own
# check_train_next_layer: while the encoder stays as it is
def train_next_layer(x, encoder, code_size, epochs, seed):
    keras.utils.set_random_seed(seed)
    h = np.asarray(encoder(x))
    m = h.shape[1]
    down = keras.Sequential([keras.Input((m,)), keras.layers.Dense(code_size)])
    up = keras.Sequential([keras.Input((code_size,)), keras.layers.Dense(m, "sigmoid")])
    both = keras.Sequential([keras.Input((x.shape[1],)), encoder, down, up])
    both.compile(keras.optimizers.Adam(0.01), "mse", steps_per_execution=16)
    both.fit(x, h, epochs=epochs, verbose=0)
    return down, up

# %% wrong (0 of 2): a hidden layer more
# check_train_next_layer: of 2 dense layers, not of one
def train_next_layer(x, encoder, code_size, epochs, seed):
    m = encoder.output_shape[1]
    dense = keras.layers.Dense
    down = keras.Sequential([keras.Input((m,)), dense(32, "relu"), dense(code_size)])
    up = keras.Sequential([keras.Input((code_size,)), dense(32, "relu"), dense(m, "sigmoid")])
    return down, up

# %% wrong (0 of 2): always twenty epochs
# check_train_next_layer: gives the same as for epochs=1
def train_next_layer(x, encoder, code_size, epochs, seed):
    keras.utils.set_random_seed(seed)
    h = np.asarray(encoder(x))
    m = h.shape[1]
    down = keras.Sequential([keras.Input((m,)), keras.layers.Dense(code_size)])
    up = keras.Sequential([keras.Input((code_size,)), keras.layers.Dense(m, "sigmoid")])
    both = keras.Sequential([keras.Input((m,)), down, up])
    both.compile(keras.optimizers.Adam(0.01), "mse", steps_per_execution=16)
    both.fit(h, h, epochs=20, verbose=0)
    return down, up
