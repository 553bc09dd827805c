# %% right: functional, in two loops, with names
def build_halves(encoder_sizes, decoder_sizes):
    image = x = keras.Input((encoder_sizes[0],))
    for n in encoder_sizes[1:-1]:
        x = keras.layers.Dense(n, activation="elu")(x)
    encoder = keras.Model(image, keras.layers.Dense(encoder_sizes[-1], name="code")(x))
    code = x = keras.Input((decoder_sizes[0],))
    for n in decoder_sizes[1:-1]:
        x = keras.layers.Dense(n, activation="elu")(x)
    pixels = keras.layers.Dense(decoder_sizes[-1], activation="sigmoid")(x)
    return encoder, keras.Model(code, pixels)

# %% right: activations as layers of their own, sigmoid hidden layers
def build_halves(encoder_sizes, decoder_sizes):
    L = keras.layers
    encoder = keras.Sequential([keras.Input((encoder_sizes[0],))])
    for n in encoder_sizes[1:-1]:
        encoder.add(L.Dense(n))
        encoder.add(L.Activation("sigmoid"))
    encoder.add(L.Dense(encoder_sizes[-1]))
    decoder = keras.Sequential([keras.Input((decoder_sizes[0],))])
    for n in decoder_sizes[1:-1]:
        decoder.add(L.Dense(n))
        decoder.add(L.LeakyReLU())
    decoder.add(L.Dense(decoder_sizes[-1]))
    decoder.add(L.Activation("sigmoid"))
    return [encoder, decoder]

# %% right: cut out of one network, compiled
def build_halves(encoder_sizes, decoder_sizes):
    image = x = keras.Input((encoder_sizes[0],))
    *hidden, k = encoder_sizes[1:]
    for n in hidden:
        x = keras.layers.Dense(n, "tanh")(x)
    z = x = keras.layers.Dense(k)(x)
    *hidden, d = decoder_sizes[1:]
    for n in hidden:
        x = keras.layers.Dense(n, "gelu")(x)
    x = keras.layers.Dense(d, "sigmoid")(x)
    whole = keras.Model(image, x)
    whole.compile("adam", "mse")
    code = y = keras.Input((k,))
    for layer in whole.layers[len(encoder_sizes):]:
        y = layer(y)
    return keras.Model(image, z), keras.Model(code, y)

# %% right: tanh, with very small first weights
def build_halves(encoder_sizes, decoder_sizes):
    def stack(sizes, last):
        model = keras.Sequential([keras.Input((sizes[0],))])
        small = keras.initializers.RandomNormal(stddev=0.001, seed=1)
        for n in sizes[1:-1]:
            model.add(keras.layers.Dense(n, "tanh", kernel_initializer=small))
        model.add(keras.layers.Dense(sizes[-1], last, kernel_initializer=small))
        return model
    return stack(encoder_sizes, None), stack(decoder_sizes, "sigmoid")

# %% wrong (2 of 4): no activation in the hidden layers
# check_build_halves_activations: has no activation
def build_halves(encoder_sizes, decoder_sizes):
    def stack(sizes, last):
        layers = [keras.layers.Dense(n) for n in sizes[1:-1]]
        return keras.Sequential(
            [keras.Input((sizes[0],)), *layers, keras.layers.Dense(sizes[-1], last)]
        )
    return stack(encoder_sizes, None), stack(decoder_sizes, "sigmoid")

# %% wrong (2 of 4): only the first hidden layer has an activation
# check_build_halves_activations: dense layer 2 has no activation
def build_halves(encoder_sizes, decoder_sizes):
    def stack(sizes, last):
        model = keras.Sequential([keras.Input((sizes[0],))])
        for i, n in enumerate(sizes[1:-1]):
            model.add(keras.layers.Dense(n, "relu" if i == 0 else None))
        model.add(keras.layers.Dense(sizes[-1], last))
        return model
    return stack(encoder_sizes, None), stack(decoder_sizes, "sigmoid")

# %% wrong (2 of 4): a ReLU code
# check_build_halves_activations: the code, has an activation
def build_halves(encoder_sizes, decoder_sizes):
    encoder = keras.Sequential([keras.Input((encoder_sizes[0],))])
    for n in encoder_sizes[1:]:
        encoder.add(keras.layers.Dense(n, "relu"))
    decoder = keras.Sequential([keras.Input((decoder_sizes[0],))])
    for n in decoder_sizes[1:-1]:
        decoder.add(keras.layers.Dense(n, "relu"))
    decoder.add(keras.layers.Dense(decoder_sizes[-1], "sigmoid"))
    return encoder, decoder

# %% wrong (2 of 4): a linear output
# check_build_halves_activations: has no activation, not a sigmoid
def build_halves(encoder_sizes, decoder_sizes):
    def stack(sizes):
        model = keras.Sequential([keras.Input((sizes[0],))])
        for n in sizes[1:-1]:
            model.add(keras.layers.Dense(n, "relu"))
        model.add(keras.layers.Dense(sizes[-1]))
        return model
    return stack(encoder_sizes), stack(decoder_sizes)

# %% wrong (2 of 4): a ReLU output
# check_build_halves_activations: has another activation, not a sigmoid
def build_halves(encoder_sizes, decoder_sizes):
    def stack(sizes, last):
        model = keras.Sequential([keras.Input((sizes[0],))])
        for n in sizes[1:-1]:
            model.add(keras.layers.Dense(n, "relu"))
        model.add(keras.layers.Dense(sizes[-1], last))
        return model
    return stack(encoder_sizes, None), stack(decoder_sizes, "relu")

# %% wrong (2 of 4): softmax over the pixels
# check_build_halves_activations: pixels are not classes
def build_halves(encoder_sizes, decoder_sizes):
    def stack(sizes, last):
        model = keras.Sequential([keras.Input((sizes[0],))])
        for n in sizes[1:-1]:
            model.add(keras.layers.Dense(n, "relu"))
        model.add(keras.layers.Dense(sizes[-1], last))
        return model
    return stack(encoder_sizes, None), stack(decoder_sizes, "softmax")

# %% wrong (2 of 4): softmax in the hidden layers
# check_build_halves_activations: hidden layers take a ReLU
def build_halves(encoder_sizes, decoder_sizes):
    def stack(sizes, last):
        model = keras.Sequential([keras.Input((sizes[0],))])
        for n in sizes[1:-1]:
            model.add(keras.layers.Dense(n, "softmax"))
        model.add(keras.layers.Dense(sizes[-1], last))
        return model
    return stack(encoder_sizes, None), stack(decoder_sizes, "sigmoid")

# %% wrong (2 of 4): the decoder mirrors the encoder
# check_build_halves: The decoder need not be the encoder's mirror image
def build_halves(encoder_sizes, decoder_sizes):
    def stack(sizes, last):
        model = keras.Sequential([keras.Input((sizes[0],))])
        for n in sizes[1:-1]:
            model.add(keras.layers.Dense(n, "relu"))
        model.add(keras.layers.Dense(sizes[-1], last))
        return model
    return stack(encoder_sizes, None), stack(encoder_sizes[::-1], "sigmoid")

# %% wrong (0 of 4): the decoder's last layer alone
# check_build_halves: none left out and none twice
# check_build_halves_activations: none left out and none twice
def build_halves(encoder_sizes, decoder_sizes):
    image = x = keras.Input((encoder_sizes[0],))
    for n in encoder_sizes[1:-1]:
        x = keras.layers.Dense(n, "relu")(x)
    z = x = keras.layers.Dense(encoder_sizes[-1])(x)
    for n in decoder_sizes[1:-1]:
        x = keras.layers.Dense(n, "relu")(x)
    last = keras.layers.Dense(decoder_sizes[-1], "sigmoid")
    whole = keras.Model(image, last(x))
    code = keras.Input((decoder_sizes[0],))
    return keras.Model(image, z), keras.Model(code, last(code))

# %% wrong (0 of 4): the decoder's old output on a new input
# check_build_halves: stopped with
# check_build_halves_activations: stopped with
def build_halves(encoder_sizes, decoder_sizes):
    image = x = keras.Input((encoder_sizes[0],))
    for n in encoder_sizes[1:-1]:
        x = keras.layers.Dense(n, "relu")(x)
    z = x = keras.layers.Dense(encoder_sizes[-1])(x)
    for n in decoder_sizes[1:-1]:
        x = keras.layers.Dense(n, "relu")(x)
    out = keras.layers.Dense(decoder_sizes[-1], "sigmoid")(x)
    return keras.Model(image, z), keras.Model(keras.Input((decoder_sizes[0],)), out)

# %% wrong (0 of 4): the whole network in place of the decoder
# check_build_halves: begins with an input of its own
# check_build_halves_activations: begins with an input of its own
def build_halves(encoder_sizes, decoder_sizes):
    image = x = keras.Input((encoder_sizes[0],))
    for n in encoder_sizes[1:-1]:
        x = keras.layers.Dense(n, "relu")(x)
    z = x = keras.layers.Dense(encoder_sizes[-1])(x)
    for n in decoder_sizes[1:-1]:
        x = keras.layers.Dense(n, "relu")(x)
    out = keras.layers.Dense(decoder_sizes[-1], "sigmoid")(x)
    return keras.Model(image, z), keras.Model(image, out)

# %% wrong (2 of 4): a dense layer for the input too
# check_build_halves: which is no dense layer
def build_halves(encoder_sizes, decoder_sizes):
    def stack(sizes, last):
        layers = [keras.layers.Dense(n, "relu") for n in sizes[:-1]]
        return keras.Sequential(
            [keras.Input((sizes[0],)), *layers, keras.layers.Dense(sizes[-1], last)]
        )
    return stack(encoder_sizes, None), stack(decoder_sizes, "sigmoid")

# %% wrong (2 of 4): batch normalisation
# check_build_halves: no other layer that has
def build_halves(encoder_sizes, decoder_sizes):
    def stack(sizes, last):
        model = keras.Sequential([keras.Input((sizes[0],))])
        for n in sizes[1:-1]:
            model.add(keras.layers.Dense(n, "relu"))
            model.add(keras.layers.BatchNormalization())
        model.add(keras.layers.Dense(sizes[-1], last))
        return model
    return stack(encoder_sizes, None), stack(decoder_sizes, "sigmoid")

# %% wrong (2 of 4): no biases
# check_build_halves: Every dense layer has biases
def build_halves(encoder_sizes, decoder_sizes):
    def stack(sizes, last):
        model = keras.Sequential([keras.Input((sizes[0],))])
        for n in sizes[1:-1]:
            model.add(keras.layers.Dense(n, "relu", use_bias=False))
        model.add(keras.layers.Dense(sizes[-1], last, use_bias=False))
        return model
    return stack(encoder_sizes, None), stack(decoder_sizes, "sigmoid")

# %% wrong (0 of 4): one model
# check_build_halves: not a tuple (encoder, decoder)
# check_build_halves_activations: not a tuple (encoder, decoder)
def build_halves(encoder_sizes, decoder_sizes):
    model = keras.Sequential([keras.Input((encoder_sizes[0],))])
    for n in encoder_sizes[1:] + decoder_sizes[1:-1]:
        model.add(keras.layers.Dense(n, "relu"))
    model.add(keras.layers.Dense(decoder_sizes[-1], "sigmoid"))
    return model

# %% wrong (0 of 4): the order exchanged
# check_build_halves: The order is encoder, decoder
# check_build_halves_activations: The order is encoder, decoder
def build_halves(encoder_sizes, decoder_sizes):
    def stack(sizes, last):
        model = keras.Sequential([keras.Input((sizes[0],))])
        for n in sizes[1:-1]:
            model.add(keras.layers.Dense(n, "relu"))
        model.add(keras.layers.Dense(sizes[-1], last))
        return model
    return stack(decoder_sizes, "sigmoid"), stack(encoder_sizes, None)

# %% right: nested models, keras.ops and an activation that is a layer
def build_halves(encoder_sizes, decoder_sizes):
    def stack(sizes):
        model = keras.Sequential([keras.Input((sizes[0],))])
        for a, b in zip(sizes[:-2], sizes[1:-1]):
            bend = keras.layers.LeakyReLU(negative_slope=0.2)
            model.add(keras.Sequential([keras.Input((a,)), keras.layers.Dense(b, bend)]))
        model.add(keras.layers.Dense(sizes[-1]))
        return model
    code = keras.Input((decoder_sizes[0],))
    pixels = keras.ops.sigmoid(stack(decoder_sizes)(code))
    return stack(encoder_sizes), keras.Model(code, pixels)

# %% wrong (2 of 4): a layer is linear where its size is that of the code
# check_build_halves_activations: by its place in the list and not by its size
def build_halves(encoder_sizes, decoder_sizes):
    encoder = keras.Sequential([keras.Input((encoder_sizes[0],))])
    for n in encoder_sizes[1:]:
        encoder.add(keras.layers.Dense(n, None if n == encoder_sizes[-1] else "relu"))
    decoder = keras.Sequential([keras.Input((decoder_sizes[0],))])
    for n in decoder_sizes[1:]:
        decoder.add(keras.layers.Dense(n, "sigmoid" if n == decoder_sizes[-1] else "relu"))
    return encoder, decoder

# %% wrong (2 of 4): all weights begin with zero
# check_build_halves_activations: begins with equal weights everywhere
def build_halves(encoder_sizes, decoder_sizes):
    def stack(sizes, last):
        model = keras.Sequential([keras.Input((sizes[0],))])
        for n in sizes[1:-1]:
            model.add(keras.layers.Dense(n, "relu", kernel_initializer="zeros"))
        model.add(keras.layers.Dense(sizes[-1], last))
        return model
    return stack(encoder_sizes, None), stack(decoder_sizes, "sigmoid")

# %% wrong (0 of 4): one layer for each pair of sizes, used again
# check_build_halves: do not simply follow one another
# check_build_halves_activations: do not simply follow one another
def build_halves(encoder_sizes, decoder_sizes):
    made = {}
    def stack(sizes, last):
        x = h = keras.Input((sizes[0],))
        for a, b in zip(sizes[:-2], sizes[1:-1]):
            if (a, b) not in made:
                made[a, b] = keras.layers.Dense(b, "relu")
            h = made[a, b](h)
        return keras.Model(x, keras.layers.Dense(sizes[-1], last)(h))
    return stack(encoder_sizes, None), stack(decoder_sizes, "sigmoid")

# %% wrong (0 of 4): an activation in Python code
# check_build_halves: an activation of your own
# check_build_halves_activations: an activation of your own
def build_halves(encoder_sizes, decoder_sizes):
    def stack(sizes, last):
        model = keras.Sequential([keras.Input((sizes[0],))])
        for n in sizes[1:-1]:
            model.add(keras.layers.Dense(n, lambda a: keras.ops.maximum(a, 0)))
        model.add(keras.layers.Dense(sizes[-1], last))
        return model
    return stack(encoder_sizes, None), stack(decoder_sizes, "sigmoid")
