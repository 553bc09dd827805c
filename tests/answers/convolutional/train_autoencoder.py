# %% right: two Sequential halves, transposed convolutions, squared error
def train_autoencoder(x, code_size, epochs, seed):
    keras.utils.set_random_seed(seed)
    L = keras.layers
    encoder = keras.Sequential([
        keras.Input((14, 14, 1)),
        L.Conv2D(16, 3, padding="same", activation="relu"),
        L.MaxPool2D(2, padding="same"),
        L.Conv2D(32, 3, padding="same", activation="relu"),
        L.MaxPool2D(2, padding="same"),
        L.Flatten(),
        L.Dense(code_size),
    ])
    decoder = keras.Sequential([
        keras.Input((code_size,)),
        L.Dense(4 * 4 * 32, activation="relu"),
        L.Reshape((4, 4, 32)),
        L.Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu"),
        L.Cropping2D(((0, 1), (0, 1))),
        L.Conv2DTranspose(1, 3, strides=2, padding="same", activation="sigmoid"),
    ])
    model = keras.Sequential([keras.Input((14, 14, 1)), encoder, decoder])
    model.compile(keras.optimizers.Adam(0.003), "mse", steps_per_execution=32)
    model.fit(x, x, epochs=epochs, batch_size=32, verbose=0)
    return encoder, decoder

# %% right: average pooling, a code of shape (1, 1, code_size)
def train_autoencoder(x, code_size, epochs, seed):
    keras.utils.set_random_seed(seed)
    L = keras.layers
    image = keras.Input(x.shape[1:])
    h = L.Conv2D(16, (3, 3), padding="same", activation="relu")(image)
    h = L.AveragePooling2D((2, 2), padding="same")(h)
    h = L.Conv2D(32, (3, 3), padding="same", activation="relu")(h)
    h = L.AveragePooling2D((2, 2), padding="same")(h)
    z = L.Reshape((1, 1, code_size))(L.Dense(code_size)(L.Flatten()(h)))
    encoder = keras.Model(image, z, name="encoder")
    code = keras.Input((1, 1, code_size))
    h = L.Reshape((4, 4, 32))(L.Dense(512, activation="relu")(L.Flatten()(code)))
    h = L.Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu")(h)
    h = L.Conv2DTranspose(1, 3, strides=2, padding="same")(h)
    x_hat = L.Activation("sigmoid")(L.Cropping2D(1)(h))
    decoder = keras.Model(code, x_hat, name="decoder")
    whole = keras.Model(image, decoder(encoder(image)))
    whole.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.003),
        loss=keras.losses.BinaryCrossentropy(),
        steps_per_execution=32,
    )
    whole.fit(x, x, epochs=epochs, batch_size=32, verbose=0, shuffle=True)
    return encoder, decoder

# %% wrong (0 of 2): not written
# check_train_conv_autoencoder: is not written yet
def train_autoencoder(x, code_size, epochs, seed):
    raise NotImplementedError

# %% wrong (0 of 2): the code is a feature map
# check_train_conv_autoencoder: A feature map is nearly a copy
def train_autoencoder(x, code_size, epochs, seed):
    L = keras.layers
    image = keras.Input((14, 14, 1))
    h = L.Conv2D(16, 3, padding="same", activation="relu")(image)
    h = L.MaxPool2D(2, padding="same")(h)
    encoder = keras.Model(image, L.Conv2D(code_size, 3, padding="same")(h))
    code = keras.Input((7, 7, code_size))
    h = L.Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu")(code)
    decoder = keras.Model(code, L.Conv2D(1, 3, padding="same", activation="sigmoid")(h))
    return encoder, decoder

# %% wrong (0 of 2): dense layers alone
# check_train_conv_autoencoder: an encoder without a convolution
def train_autoencoder(x, code_size, epochs, seed):
    L = keras.layers
    image, code = keras.Input((14, 14, 1)), keras.Input((code_size,))
    h = L.Dense(64, activation="relu")(L.Flatten()(image))
    encoder = keras.Model(image, L.Dense(code_size)(h))
    h = L.Dense(64, activation="relu")(code)
    h = L.Dense(196, activation="sigmoid")(h)
    decoder = keras.Model(code, L.Reshape((14, 14, 1))(h))
    return encoder, decoder

# %% wrong (0 of 2): a decoder that grows to 16 x 16
# check_train_conv_autoencoder: Halving rounds up, so doubling overshoots
def train_autoencoder(x, code_size, epochs, seed):
    L = keras.layers
    image, code = keras.Input((14, 14, 1)), keras.Input((code_size,))
    h = L.MaxPool2D(2, padding="same")(L.Conv2D(16, 3, padding="same")(image))
    h = L.MaxPool2D(2, padding="same")(L.Conv2D(32, 3, padding="same")(h))
    encoder = keras.Model(image, L.Dense(code_size)(L.Flatten()(h)))
    h = L.Reshape((4, 4, 32))(L.Dense(512, activation="relu")(code))
    h = L.Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu")(h)
    h = L.Conv2DTranspose(1, 3, strides=2, padding="same", activation="sigmoid")(h)
    return encoder, keras.Model(code, h)

# %% wrong (0 of 2): other models than those that were trained
# check_train_conv_autoencoder: the very ones that were trained
def train_autoencoder(x, code_size, epochs, seed):
    L = keras.layers

    def build():
        image, code = keras.Input((14, 14, 1)), keras.Input((code_size,))
        h = L.MaxPool2D(2, padding="same")(L.Conv2D(16, 3, padding="same")(image))
        h = L.MaxPool2D(2, padding="same")(L.Conv2D(32, 3, padding="same")(h))
        encoder = keras.Model(image, L.Dense(code_size)(L.Flatten()(h)))
        h = L.Reshape((4, 4, 32))(L.Dense(512, activation="relu")(code))
        h = L.Cropping2D(1)(L.UpSampling2D(4)(h))
        h = L.Conv2D(1, 3, padding="same", activation="sigmoid")(h)
        return encoder, keras.Model(code, h)

    encoder, decoder = build()
    both = keras.Sequential([encoder, decoder])
    both.compile("adam", "binary_crossentropy", steps_per_execution=32)
    both.fit(x, x, epochs=1, verbose=0)
    return build()

# %% wrong (0 of 2): divides by 255 once more
# check_train_conv_autoencoder: do not divide them again
def train_autoencoder(x, code_size, epochs, seed):
    keras.utils.set_random_seed(seed)
    L = keras.layers
    image, code = keras.Input((14, 14, 1)), keras.Input((code_size,))
    h = L.MaxPool2D(2, padding="same")(L.Conv2D(16, 3, padding="same")(image))
    h = L.MaxPool2D(2, padding="same")(L.Conv2D(32, 3, padding="same")(h))
    encoder = keras.Model(image, L.Dense(code_size)(L.Flatten()(h)))
    h = L.Reshape((4, 4, 32))(L.Dense(512, activation="relu")(code))
    h = L.Cropping2D(1)(L.UpSampling2D(4)(h))
    decoder = keras.Model(code, L.Conv2D(1, 3, padding="same", activation="sigmoid")(h))
    both = keras.Sequential([encoder, decoder])
    both.compile(keras.optimizers.Adam(0.003), "mse", steps_per_execution=32)
    both.fit(x / 255, x / 255, epochs=3, verbose=0)
    return encoder, decoder

# %% wrong (0 of 2): three epochs
# check_train_conv_autoencoder: all images and all epochs
def train_autoencoder(x, code_size, epochs, seed):
    keras.utils.set_random_seed(seed)
    L = keras.layers
    image, code = keras.Input((14, 14, 1)), keras.Input((code_size,))
    h = L.Conv2D(16, 3, padding="same", activation="relu")(image)
    h = L.MaxPool2D(2, padding="same")(h)
    h = L.Conv2D(32, 3, padding="same", activation="relu")(h)
    h = L.MaxPool2D(2, padding="same")(h)
    encoder = keras.Model(image, L.Dense(code_size)(L.Flatten()(h)))
    h = L.Reshape((4, 4, 32))(L.Dense(512, activation="relu")(code))
    h = L.Cropping2D(1)(L.UpSampling2D(4)(h))
    decoder = keras.Model(code, L.Conv2D(1, 3, padding="same", activation="sigmoid")(h))
    both = keras.Sequential([encoder, decoder])
    both.compile(keras.optimizers.Adam(0.003), "mse", steps_per_execution=32)
    both.fit(x, x, epochs=3, verbose=0)
    return encoder, decoder

# %% wrong (0 of 2): no sigmoid at the end
# check_train_conv_autoencoder: End with one sigmoid for each pixel
def train_autoencoder(x, code_size, epochs, seed):
    L = keras.layers
    image, code = keras.Input((14, 14, 1)), keras.Input((code_size,))
    h = L.MaxPool2D(2, padding="same")(L.Conv2D(16, 3, padding="same")(image))
    h = L.MaxPool2D(2, padding="same")(L.Conv2D(32, 3, padding="same")(h))
    encoder = keras.Model(image, L.Dense(code_size)(L.Flatten()(h)))
    h = L.Reshape((4, 4, 32))(L.Dense(512, activation="relu")(code))
    h = L.Cropping2D(1)(L.UpSampling2D(4)(h))
    return encoder, keras.Model(code, L.Conv2D(1, 3, padding="same")(h))

# %% wrong (0 of 2): the locations pass beside the code
# check_train_conv_autoencoder: all that the decoder knows has to pass through the code
def train_autoencoder(x, code_size, epochs, seed):
    from cs5045ae.layers import MaxPoolWithLocations, Unpool

    L = keras.layers
    image, code = keras.Input((14, 14, 1)), keras.Input((code_size,))
    h = L.Conv2D(16, 3, padding="same", activation="relu")(image)
    h, places = MaxPoolWithLocations()(h)
    encoder = keras.Model(image, [L.Dense(code_size)(L.Flatten()(h)), places])
    where = keras.Input((7, 7, 16), dtype="int64")
    h = L.Reshape((7, 7, 16))(L.Dense(7 * 7 * 16)(code))
    h = Unpool(14, 14)([h, where])
    h = L.Conv2D(1, 3, padding="same", activation="sigmoid")(h)
    return encoder, keras.Model([code, where], h)

# %% wrong (0 of 2): returns the history
# check_train_conv_autoencoder: not a tuple (encoder, decoder)
def train_autoencoder(x, code_size, epochs, seed):
    L = keras.layers
    model = keras.Sequential([keras.Input((14, 14, 1)), L.Conv2D(1, 3, padding="same")])
    model.compile("adam", "mse")
    return model.fit(x, x, epochs=1, verbose=0)
