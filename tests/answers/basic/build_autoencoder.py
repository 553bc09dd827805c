# %% right: Sequential
def build_autoencoder(input_size, hidden_size, code_size):
    return keras.Sequential([
        keras.Input(shape=(input_size,)),
        keras.layers.Dense(hidden_size, activation="relu"),
        keras.layers.Dense(code_size, activation="relu"),
        keras.layers.Dense(hidden_size, activation="relu"),
        keras.layers.Dense(input_size, activation="sigmoid"),
    ])

# %% right: linear code, ELU, separate activations
def build_autoencoder(input_size, hidden_size, code_size):
    image = x = keras.Input((input_size,))
    x = keras.layers.ELU()(keras.layers.Dense(hidden_size)(x))
    x = keras.layers.Dense(code_size, name="code")(x)
    x = keras.layers.ELU()(keras.layers.Dense(hidden_size)(x))
    x = keras.layers.Activation("sigmoid")(keras.layers.Dense(input_size)(x))
    return keras.Model(image, x)

# %% right: two models, one inside the other, compiled
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    encoder = keras.Sequential([keras.Input((input_size,)), L.Dense(hidden_size, "gelu"), L.Dense(code_size, "tanh")])
    decoder = keras.Sequential([keras.Input((code_size,)), L.Dense(hidden_size, "gelu"), L.Dense(input_size, "sigmoid")])
    image = keras.Input((input_size,))
    model = keras.Model(image, decoder(encoder(image)))
    model.compile("adam", "mse")
    return model

# %% right: add, in a loop
def build_autoencoder(input_size, hidden_size, code_size):
    model = keras.Sequential()
    model.add(keras.layers.InputLayer(shape=(input_size,)))
    for n in (hidden_size, code_size, hidden_size):
        model.add(keras.layers.Dense(n, activation="selu"))
    model.add(keras.layers.Dense(input_size, activation=keras.activations.sigmoid))
    return model

# %% wrong (2 of 4): softmax over the pixels
# check_build_output: That is a softmax
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    return keras.Sequential([keras.Input((input_size,)), L.Dense(hidden_size, "relu"), L.Dense(code_size, "relu"),
                             L.Dense(hidden_size, "relu"), L.Dense(input_size, "softmax")])

# %% wrong (2 of 4): linear output
# check_build_output: is below 0
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    return keras.Sequential([keras.Input((input_size,)), L.Dense(hidden_size, "relu"), L.Dense(code_size, "relu"),
                             L.Dense(hidden_size, "relu"), L.Dense(input_size)])

# %% wrong (2 of 4): ReLU output
# check_build_output: is above 1
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    return keras.Sequential([keras.Input((input_size,)), L.Dense(hidden_size, "relu"), L.Dense(code_size, "relu"),
                             L.Dense(hidden_size, "relu"), L.Dense(input_size, "relu")])

# %% wrong (2 of 4): tanh output
# check_build_output: is below 0
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    return keras.Sequential([keras.Input((input_size,)), L.Dense(hidden_size, "relu"), L.Dense(code_size, "relu"),
                             L.Dense(hidden_size, "relu"), L.Dense(input_size, "tanh")])

# %% wrong (2 of 4): no activation in the hidden layers
# check_build_output: hidden layer before the code is a linear map
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    return keras.Sequential([keras.Input((input_size,)), L.Dense(hidden_size), L.Dense(code_size),
                             L.Dense(hidden_size), L.Dense(input_size, "sigmoid")])

# %% wrong (2 of 4): the decoder's hidden layer has no activation
# check_build_output: whose decoder is a linear map
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    return keras.Sequential([keras.Input((input_size,)), L.Dense(hidden_size, "relu"), L.Dense(code_size, "relu"),
                             L.Dense(hidden_size), L.Dense(input_size, "sigmoid")])

# %% wrong (0 of 4): sizes fixed to 784, 128, 32
# check_build_sizes: Take every size from the arguments
# check_build_output: Take every size from the arguments
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    return keras.Sequential([keras.Input((784,)), L.Dense(128, "relu"), L.Dense(32, "relu"),
                             L.Dense(128, "relu"), L.Dense(784, "sigmoid")])

# %% wrong (2 of 4): hidden and code size exchanged
# check_build_sizes: The two sizes are exchanged
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    return keras.Sequential([keras.Input((input_size,)), L.Dense(code_size, "relu"), L.Dense(hidden_size, "relu"),
                             L.Dense(code_size, "relu"), L.Dense(input_size, "sigmoid")])

# %% wrong (0 of 4): no hidden layer in the decoder
# check_build_sizes: The decoder has a hidden layer too
# check_build_output: whose decoder is a linear map
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    return keras.Sequential([keras.Input((input_size,)), L.Dense(hidden_size, "relu"), L.Dense(code_size, "relu"),
                             L.Dense(input_size, "sigmoid")])

# %% wrong (2 of 4): no code layer
# check_build_sizes: The code layer is missing
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    return keras.Sequential([keras.Input((input_size,)), L.Dense(hidden_size, "relu"),
                             L.Dense(hidden_size, "relu"), L.Dense(input_size, "sigmoid")])

# %% wrong (2 of 4): no biases
# check_build_sizes: Every dense layer has biases
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    return keras.Sequential([keras.Input((input_size,)), L.Dense(hidden_size, "relu", use_bias=False),
                             L.Dense(code_size, "relu", use_bias=False), L.Dense(hidden_size, "relu", use_bias=False),
                             L.Dense(input_size, "sigmoid", use_bias=False)])

# %% wrong (2 of 4): batch normalisation between the layers
# check_build_sizes: no other layer that has parameters
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    return keras.Sequential([keras.Input((input_size,)), L.Dense(hidden_size, "relu"), L.BatchNormalization(),
                             L.Dense(code_size, "relu"), L.Dense(hidden_size, "relu"), L.Dense(input_size, "sigmoid")])

# %% wrong (0 of 4): a connection past the code
# check_build_sizes: do not simply follow one another
# check_build_output: do not simply follow one another
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    image = keras.Input((input_size,))
    first = L.Dense(hidden_size, "relu")(image)
    code = L.Dense(code_size, "relu")(first)
    second = L.Add()([first, L.Dense(hidden_size, "relu")(code)])
    return keras.Model(image, L.Dense(input_size, "sigmoid")(second))

# %% wrong (0 of 4): a class of one's own
# check_build_sizes: Return a functional or Sequential model
# check_build_output: Return a functional or Sequential model
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    class Autoencoder(keras.Model):
        def __init__(self):
            super().__init__()
            self.parts = [L.Dense(hidden_size, "relu"), L.Dense(code_size, "relu"), L.Dense(hidden_size, "relu"),
                          L.Dense(input_size, "sigmoid")]
        def call(self, x):
            for part in self.parts:
                x = part(x)
            return x
    return Autoencoder()

# %% wrong (0 of 4): no Input
# check_build_sizes: Begin it with `keras.Input
# check_build_output: Begin it with `keras.Input
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    return keras.Sequential([L.Dense(hidden_size, "relu"), L.Dense(code_size, "relu"), L.Dense(hidden_size, "relu"),
                             L.Dense(input_size, "sigmoid")])

# %% wrong (0 of 4): only the output tensor
# check_build_sizes: not a Keras model
# check_build_output: not a Keras model
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    image = keras.Input((input_size,))
    h = L.Dense(hidden_size, "relu")(image)
    z = L.Dense(code_size, "relu")(h)
    return L.Dense(input_size, "sigmoid")(L.Dense(hidden_size, "relu")(z))

# %% wrong (0 of 4): the encoder alone
# check_build_sizes: gives outputs of shape
# check_build_output: gives outputs of shape
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    return keras.Sequential([keras.Input((input_size,)), L.Dense(hidden_size, "relu"), L.Dense(code_size, "relu")])

# %% wrong (0 of 4): forgets to return
# check_build_sizes: end with `return`
# check_build_output: end with `return`
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    image = keras.Input((input_size,))
    model = keras.Model(image, L.Dense(input_size, "sigmoid")(L.Dense(code_size)(image)))

# %% wrong (0 of 4): a Lambda layer
# check_build_sizes: and no Lambda
# check_build_output: and no Lambda
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    return keras.Sequential([keras.Input((input_size,)), L.Dense(hidden_size, "relu"), L.Dense(code_size, "relu"),
                             L.Dense(hidden_size, "relu"), L.Dense(input_size), L.Lambda(lambda a: keras.ops.sigmoid(a))])

# %% right: sigmoids everywhere, nearly straight where their inputs are small
def build_autoencoder(input_size, hidden_size, code_size):
    sizes = [hidden_size, code_size, hidden_size, input_size]
    dense = [keras.layers.Dense(size, activation="sigmoid") for size in sizes]
    return keras.Sequential([keras.Input((input_size,)), *dense])

# %% wrong (2 of 4): only the code has an activation, the layer before it has none
# check_build_output: hidden layer before the code is a linear map
def build_autoencoder(input_size, hidden_size, code_size):
    dense = keras.layers.Dense
    return keras.Sequential(
        [
            keras.Input(shape=(input_size,)),
            dense(hidden_size),
            dense(code_size, activation="relu"),
            dense(hidden_size, activation="relu"),
            dense(input_size, activation="sigmoid"),
        ]
    )

# %% right: activations of keras.ops in a functional model
def build_autoencoder(input_size, hidden_size, code_size):
    image = keras.Input(shape=(input_size,))
    h = keras.ops.relu(keras.layers.Dense(hidden_size)(image))
    z = keras.ops.relu(keras.layers.Dense(code_size)(h))
    h = keras.ops.relu(keras.layers.Dense(hidden_size)(z))
    x_hat = keras.ops.sigmoid(keras.layers.Dense(input_size)(h))
    return keras.Model(image, x_hat)

# %% right: Flatten first and Reshape last
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    return keras.Sequential([keras.Input((input_size,)), L.Flatten(), L.Dense(hidden_size, "relu"), L.Dense(code_size),
                             L.Dense(hidden_size, "relu"), L.Dense(input_size, "sigmoid"), L.Reshape((input_size,))])

# %% wrong (2 of 4): dropout
# check_build_sizes: a layer of kind Dropout
def build_autoencoder(input_size, hidden_size, code_size):
    L = keras.layers
    return keras.Sequential([keras.Input((input_size,)), L.Dense(hidden_size, "relu"), L.Dropout(0.3),
                             L.Dense(code_size, "relu"), L.Dense(hidden_size, "relu"), L.Dense(input_size, "sigmoid")])
