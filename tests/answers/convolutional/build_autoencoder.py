# %% right: strided convolutions and a crop of both edges
def build_autoencoder(side, channels):
    layers = keras.layers
    encoder = keras.Sequential([
        keras.Input(shape=(side, side, 1)),
        layers.Conv2D(4, 3, strides=2, padding="same", activation="relu"),
        layers.Conv2D(8, 3, strides=2, padding="same", activation="relu"),
        layers.Conv2D(channels, 3, strides=2, padding="same", activation="relu"),
    ])
    small = encoder.output_shape[1]
    extra = 8 * small - side
    cut = (extra // 2, extra - extra // 2)
    decoder = keras.Sequential([
        keras.Input(shape=(small, small, channels)),
        layers.Conv2DTranspose(8, 3, strides=2, padding="same", activation="relu"),
        layers.Conv2DTranspose(4, 3, strides=2, padding="same", activation="relu"),
        layers.Conv2DTranspose(1, 3, strides=2, padding="same", activation="sigmoid"),
        layers.Cropping2D((cut, cut)),
    ])
    return encoder, decoder

# %% right: a cut after every doubling, batch normalisation
def build_autoencoder(side, channels):
    layers = keras.layers
    image = h = keras.Input((side, side, 1))
    sizes = []
    for c in (8, 12, channels):
        sizes.append(h.shape[1])
        h = layers.Conv2D(c, 5, padding="same", use_bias=False)(h)
        h = layers.BatchNormalization()(h)
        h = layers.LeakyReLU()(h)
        h = layers.AveragePooling2D(2, padding="same")(h)
    encoder = keras.Model(image, h)
    z = y = keras.Input(encoder.output_shape[1:])
    for size in sizes[::-1]:
        y = layers.UpSampling2D(2, interpolation="bilinear")(y)
        y = layers.Conv2D(8, 3, padding="same", activation="elu")(y)
        if y.shape[1] > size:
            y = layers.Cropping2D(((0, 1), (0, 1)))(y)
    y = layers.Conv2D(1, 1)(y)
    return encoder, keras.Model(z, layers.Activation("sigmoid")(y))

# %% right: the image is padded first, and a convolution without padding cuts
def build_autoencoder(side, channels):
    layers = keras.layers
    extra = -side % 8
    image = keras.Input((side, side, 1))
    h = layers.ZeroPadding2D(((0, extra), (0, extra)))(image)
    for c in (8, 8, channels):
        h = layers.Conv2D(c, 3, padding="same", activation="tanh")(h)
        h = layers.MaxPool2D()(h)
    code = keras.Input(h.shape[1:])
    y = code
    for c in (8, 8, 4):
        y = layers.UpSampling2D()(y)
        y = layers.Conv2D(c, 3, padding="same", activation="relu")(y)
    y = layers.Conv2D(1, extra + 1, activation="sigmoid")(y)
    return keras.Model(image, h), keras.Model(code, y)

# %% wrong (0 of 2): not written
# check_build_shapes: is not written yet
# check_build_local: is not written yet
def build_autoencoder(side, channels):
    raise NotImplementedError

# %% wrong (1 of 2): nothing is cut
# check_build_shapes: doubling overshoots: cut the rows
def build_autoencoder(side, channels):
    layers = keras.layers
    image = h = keras.Input((side, side, 1))
    for c in (8, 8, channels):
        h = layers.Conv2D(c, 3, padding="same", activation="relu")(h)
        h = layers.MaxPooling2D(2, padding="same")(h)
    code = y = keras.Input(h.shape[1:])
    for c in (8, 8):
        y = layers.UpSampling2D(2)(y)
        y = layers.Conv2D(c, 3, padding="same", activation="relu")(y)
    y = layers.UpSampling2D(2)(y)
    y = layers.Conv2D(1, 3, padding="same", activation="sigmoid")(y)
    return keras.Model(image, h), keras.Model(code, y)

# %% wrong (0 of 2): one convolution of the blog without padding, right for 28 alone
# check_build_shapes: Follow the sizes on paper
# check_build_local: Follow the sizes on paper
def build_autoencoder(side, channels):
    layers = keras.layers
    image = h = keras.Input((side, side, 1))
    for c in (8, 8, channels):
        h = layers.Conv2D(c, 3, padding="same", activation="relu")(h)
        h = layers.MaxPooling2D(2, padding="same")(h)
    code = y = keras.Input(h.shape[1:])
    for c, padding in ((8, "same"), (8, "same"), (8, "valid")):
        y = layers.Conv2D(c, 3, padding=padding, activation="relu")(y)
        y = layers.UpSampling2D(2)(y)
    y = layers.Conv2D(1, 3, padding="same", activation="sigmoid")(y)
    return keras.Model(image, h), keras.Model(code, y)

# %% wrong (1 of 2): rounds down
# check_build_shapes: Each halving rounds up
def build_autoencoder(side, channels):
    layers = keras.layers
    image = h = keras.Input((side, side, 1))
    for c in (8, 8, channels):
        h = layers.Conv2D(c, 3, padding="same", activation="relu")(h)
        h = layers.MaxPooling2D(2)(h)
    code = y = keras.Input(h.shape[1:])
    for c in (8, 8, 8):
        y = layers.UpSampling2D(2)(y)
        y = layers.Conv2D(c, 3, padding="same", activation="relu")(y)
    extra = side - y.shape[1]
    y = layers.ZeroPadding2D(((0, extra), (0, extra)))(y)
    y = layers.Conv2D(1, 3, padding="same", activation="sigmoid")(y)
    return keras.Model(image, h), keras.Model(code, y)

# %% wrong (1 of 2): no sigmoid at the end
# check_build_local: End with one sigmoid for each pixel
def build_autoencoder(side, channels):
    layers = keras.layers
    image = h = keras.Input((side, side, 1))
    for c in (8, 8, channels):
        h = layers.Conv2D(c, 3, padding="same", activation="relu")(h)
        h = layers.MaxPooling2D(2, padding="same")(h)
    code = y = keras.Input(h.shape[1:])
    for c in (8, 8, 8):
        y = layers.UpSampling2D(2)(y)
        y = layers.Conv2D(c, 3, padding="same", activation="relu")(y)
    y = layers.Cropping2D(((0, y.shape[1] - side),) * 2)(y)
    y = layers.Conv2D(1, 3, padding="same", activation="relu")(y)
    return keras.Model(image, h), keras.Model(code, y)

# %% wrong (1 of 2): tanh at the end
# check_build_local: End with one sigmoid for each pixel
def build_autoencoder(side, channels):
    layers = keras.layers
    image = h = keras.Input((side, side, 1))
    for c in (8, 8, channels):
        h = layers.Conv2D(c, 3, padding="same", activation="relu")(h)
        h = layers.MaxPooling2D(2, padding="same")(h)
    code = y = keras.Input(h.shape[1:])
    for c in (8, 8, 8):
        y = layers.UpSampling2D(2)(y)
        y = layers.Conv2D(c, 3, padding="same", activation="relu")(y)
    y = layers.Cropping2D(((0, y.shape[1] - side),) * 2)(y)
    y = layers.Conv2D(1, 3, padding="same", activation="tanh")(y)
    return keras.Model(image, h), keras.Model(code, y)

# %% wrong (1 of 2): a softmax over the one channel
# check_build_local: A softmax over a single channel is always 1
def build_autoencoder(side, channels):
    layers = keras.layers
    image = h = keras.Input((side, side, 1))
    for c in (8, 8, channels):
        h = layers.Conv2D(c, 3, padding="same", activation="relu")(h)
        h = layers.MaxPooling2D(2, padding="same")(h)
    code = y = keras.Input(h.shape[1:])
    for c in (8, 8, 8):
        y = layers.UpSampling2D(2)(y)
        y = layers.Conv2D(c, 3, padding="same", activation="relu")(y)
    y = layers.Cropping2D(((0, y.shape[1] - side),) * 2)(y)
    y = layers.Conv2D(1, 3, padding="same", activation="softmax")(y)
    return keras.Model(image, h), keras.Model(code, y)

# %% wrong (1 of 2): a dense layer in the decoder
# check_build_local: reaches the pixel at the bottom right
def build_autoencoder(side, channels):
    layers = keras.layers
    image = h = keras.Input((side, side, 1))
    for c in (8, 8, channels):
        h = layers.Conv2D(c, 3, padding="same", activation="relu")(h)
        h = layers.MaxPooling2D(2, padding="same")(h)
    code = keras.Input(h.shape[1:])
    y = layers.Dense(side * side, activation="sigmoid")(layers.Flatten()(code))
    y = layers.Reshape((side, side, 1))(y)
    return keras.Model(image, h), keras.Model(code, y)

# %% wrong (1 of 2): a dense layer in the encoder
# check_build_local: reaches the number of the code at the bottom right
def build_autoencoder(side, channels):
    layers = keras.layers
    small = -(-side // 8)
    image = h = keras.Input((side, side, 1))
    h = layers.Dense(small * small * channels, activation="relu")(layers.Flatten()(h))
    h = layers.Reshape((small, small, channels))(h)
    code = y = keras.Input(h.shape[1:])
    for c in (8, 8, 8):
        y = layers.UpSampling2D(2)(y)
        y = layers.Conv2D(c, 3, padding="same", activation="relu")(y)
    y = layers.Cropping2D(((0, y.shape[1] - side),) * 2)(y)
    y = layers.Conv2D(1, 3, padding="same", activation="sigmoid")(y)
    return keras.Model(image, h), keras.Model(code, y)

# %% wrong (1 of 2): two halvings only
# check_build_shapes: Halve three times
def build_autoencoder(side, channels):
    layers = keras.layers
    image = h = keras.Input((side, side, 1))
    for c in (8, channels):
        h = layers.Conv2D(c, 3, padding="same", activation="relu")(h)
        h = layers.MaxPooling2D(2, padding="same")(h)
    code = y = keras.Input(h.shape[1:])
    for c in (8, 8):
        y = layers.UpSampling2D(2)(y)
        y = layers.Conv2D(c, 3, padding="same", activation="relu")(y)
    y = layers.Cropping2D(((0, y.shape[1] - side),) * 2)(y)
    y = layers.Conv2D(1, 3, padding="same", activation="sigmoid")(y)
    return keras.Model(image, h), keras.Model(code, y)

# %% wrong (0 of 2): the whole autoencoder
# check_build_shapes: not a tuple (encoder, decoder)
# check_build_local: not a tuple (encoder, decoder)
def build_autoencoder(side, channels):
    layers = keras.layers
    image = h = keras.Input((side, side, 1))
    for c in (8, 8, channels):
        h = layers.Conv2D(c, 3, padding="same", activation="relu")(h)
        h = layers.MaxPooling2D(2, padding="same")(h)
    for c in (8, 8, 8):
        h = layers.UpSampling2D(2)(h)
        h = layers.Conv2D(c, 3, padding="same", activation="relu")(h)
    h = layers.Cropping2D(((0, h.shape[1] - side),) * 2)(h)
    return keras.Model(image, layers.Conv2D(1, 3, padding="same")(h))

# %% wrong (0 of 2): channels first
# check_build_shapes: the channels come last
# check_build_local: the channels come last
def build_autoencoder(side, channels):
    layers = keras.layers
    image = h = keras.Input((1, side, side))
    for c in (8, 8, channels):
        h = layers.Conv2D(c, 3, padding="same", activation="relu")(h)
        h = layers.MaxPooling2D(2, padding="same")(h)
    code = y = keras.Input(h.shape[1:])
    y = layers.Conv2D(side, 3, padding="same", activation="sigmoid")(y)
    return keras.Model(image, h), keras.Model(code, y)

# %% wrong (0 of 2): the decoder hangs on the encoder, without an input of its own
# check_build_shapes: an input of its own
# check_build_local: an input of its own
def build_autoencoder(side, channels):
    layers = keras.layers
    image = h = keras.Input((side, side, 1))
    for c in (8, 8, channels):
        h = layers.Conv2D(c, 3, padding="same", activation="relu")(h)
        h = layers.MaxPooling2D(2, padding="same")(h)
    y = h
    for c in (8, 8, 8):
        y = layers.UpSampling2D(2)(y)
        y = layers.Conv2D(c, 3, padding="same", activation="relu")(y)
    y = layers.Cropping2D(((0, y.shape[1] - side),) * 2)(y)
    y = layers.Conv2D(1, 3, padding="same", activation="sigmoid")(y)
    return keras.Model(image, h), keras.Model(image, y)

# %% wrong (1 of 2): a softmax over each row of pixels
# check_build_local: pixels sum to 1 in every row
def build_autoencoder(side, channels):
    layers = keras.layers
    image = h = keras.Input((side, side, 1))
    for c in (8, 8, channels):
        h = layers.Conv2D(c, 3, padding="same", activation="relu")(h)
        h = layers.MaxPooling2D(2, padding="same")(h)
    code = y = keras.Input(h.shape[1:])
    for c in (8, 8, 8):
        y = layers.UpSampling2D(2)(y)
        y = layers.Conv2D(c, 3, padding="same", activation="relu")(y)
    y = layers.Cropping2D(((0, y.shape[1] - side),) * 2)(y)
    y = layers.Softmax(axis=2)(layers.Conv2D(1, 3, padding="same")(y))
    return keras.Model(image, h), keras.Model(code, y)

# %% wrong (1 of 2): one pooling by eight
# check_build_shapes: in fewer than three steps
def build_autoencoder(side, channels):
    layers = keras.layers
    image = keras.Input((side, side, 1))
    h = layers.Conv2D(channels, 3, padding="same", activation="relu")(image)
    h = layers.MaxPooling2D(8, padding="same")(h)
    code = keras.Input(h.shape[1:])
    y = layers.UpSampling2D(8)(code)
    y = layers.Cropping2D(((0, y.shape[1] - side),) * 2)(y)
    y = layers.Conv2D(1, 3, padding="same", activation="sigmoid")(y)
    return keras.Model(image, h), keras.Model(code, y)

# %% right: one pooling layer used three times
def build_autoencoder(side, channels):
    layers = keras.layers
    halve, double = layers.MaxPooling2D(2, padding="same"), layers.UpSampling2D(2)
    image = h = keras.Input((side, side, 1))
    for c in (6, 7, channels):
        h = halve(layers.Conv2D(c, 3, padding="same", activation="elu")(h))
    code = y = keras.Input(h.shape[1:])
    for c in (6, 6, 5):
        y = double(layers.Conv2D(c, 3, padding="same", activation="elu")(y))
    extra = y.shape[1] - side
    y = layers.Cropping2D(((extra, 0), (0, extra)))(y)
    y = layers.Conv2D(1, 3, padding="same", activation="sigmoid")(y)
    return [keras.Model(image, h), keras.Model(code, y)]
