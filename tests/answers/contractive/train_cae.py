# %% right: a layer that adds its penalty to the loss
class Tied(keras.layers.Layer):
    def __init__(self, code_size, lam):
        super().__init__()
        self.down, self.lam = keras.layers.Dense(code_size, "sigmoid"), lam

    def build(self, shape):
        self.down.build(shape)
        self.bias = self.add_weight(shape=(shape[-1],), initializer="zeros")

    def call(self, x):
        ops, kernel = keras.ops, self.down.kernel
        h = self.down(x)
        squares = ops.sum(ops.square(kernel), axis=0)
        self.add_loss(self.lam * ops.mean(ops.sum((h * (1 - h)) ** 2 * squares, axis=1)))
        return ops.sigmoid(ops.matmul(h, ops.transpose(kernel)) + self.bias)


def train_cae(x, code_size, lam, epochs, seed):
    keras.utils.set_random_seed(seed)
    d, tied = x.shape[1], Tied(code_size, lam)
    image, code = keras.Input(shape=(d,)), keras.Input(shape=(code_size,))
    model = keras.Model(image, tied(image))
    loss = lambda x, x_hat: d * keras.losses.mean_squared_error(x, x_hat)
    model.compile(keras.optimizers.Adam(0.003), loss, steps_per_execution=20)
    model.fit(x, x, batch_size=50, epochs=epochs, verbose=0)
    encoder = keras.Model(image, tied.down(image))
    up = keras.layers.Dense(d, activation="sigmoid")
    decoder = keras.Model(code, up(code))
    kernel, _ = tied.down.get_weights()
    up.set_weights([kernel.T, tied.bias.numpy()])
    return encoder, decoder

# %% right: a model with a compute_loss of its own
class Contractive(keras.Model):
    def __init__(self, d, code_size, lam):
        super().__init__()
        self.kernel = self.add_weight(shape=(d, code_size), initializer="glorot_uniform")
        self.down = self.add_weight(shape=(code_size,), initializer="zeros")
        self.up = self.add_weight(shape=(d,), initializer="zeros")
        self.lam = lam

    def call(self, x):
        h = tf.sigmoid(x @ self.kernel + self.down)
        return tf.sigmoid(h @ tf.transpose(self.kernel) + self.up)

    def compute_loss(self, x, y, y_pred, *_, **__):
        h = tf.sigmoid(x @ self.kernel + self.down)
        squares = tf.reduce_sum(self.kernel**2, axis=0, keepdims=True)
        penalty = tf.reduce_sum((h - h**2) ** 2 * squares, axis=1)
        error = tf.reduce_sum((y_pred - x) ** 2, axis=1)
        return tf.reduce_mean(error) + self.lam * tf.reduce_mean(penalty)


def train_cae(x, code_size, lam, epochs, seed):
    keras.utils.set_random_seed(seed)
    d = x.shape[1]
    model = Contractive(d, code_size, lam)
    model.compile(keras.optimizers.Adam(3e-3), steps_per_execution=20)
    model.fit(x, x, batch_size=50, epochs=epochs, verbose=0)
    kernel, down, up = model.get_weights()
    halves = []
    for weights in ([kernel, down], [kernel.T, up]):
        a, b = weights[0].shape
        dense = keras.layers.Dense(b, activation="sigmoid")
        halves.append(keras.Sequential([keras.Input(shape=(a,)), dense]))
        halves[-1].set_weights(weights)
    return halves

# %% wrong (1 of 3): weights read once, before the training
# check_train_cae_lam: Is it made of the kernel variable itself
def train_cae(x, code_size, lam, epochs, seed):
    keras.utils.set_random_seed(seed)
    d, dense = x.shape[1], keras.layers.Dense
    encoder = keras.Sequential([keras.Input((d,)), dense(code_size, "sigmoid")])
    decoder = keras.Sequential([keras.Input((code_size,)), dense(d, "sigmoid")])
    kernel, bias, decoder_kernel, decoder_bias = encoder.weights + decoder.weights
    variables, adam = [kernel, bias, decoder_bias], keras.optimizers.Adam(0.003)
    squares = (encoder.get_weights()[0] ** 2).sum(axis=0)

    @tf.function
    def step(batch):
        with tf.GradientTape() as tape:
            h = encoder(batch)
            x_hat = tf.sigmoid(h @ tf.transpose(kernel) + decoder_bias)
            error = tf.reduce_sum((x_hat - batch) ** 2, axis=1)
            penalty = tf.linalg.matvec((h * (1 - h)) ** 2, squares)
            loss = tf.reduce_mean(error + lam * penalty)
        adam.apply(tape.gradient(loss, variables), variables)

    batches = tf.data.Dataset.from_tensor_slices(x).shuffle(len(x)).batch(50)
    for batch in batches.repeat(epochs):
        step(batch)
    decoder_kernel.assign(tf.transpose(kernel))
    return encoder, decoder

# %% wrong (0 of 3): the penalty is summed over the batch
# check_train_cae: AVERAGE it over the images of a batch
# check_train_cae_lam: The penalty weighs too much
def train_cae(x, code_size, lam, epochs, seed):
    keras.utils.set_random_seed(seed)
    d, dense = x.shape[1], keras.layers.Dense
    encoder = keras.Sequential([keras.Input((d,)), dense(code_size, "sigmoid")])
    decoder = keras.Sequential([keras.Input((code_size,)), dense(d, "sigmoid")])
    kernel, bias, decoder_kernel, decoder_bias = encoder.weights + decoder.weights
    variables, adam = [kernel, bias, decoder_bias], keras.optimizers.Adam(0.003)

    @tf.function
    def step(batch):
        with tf.GradientTape() as tape:
            h = encoder(batch)
            x_hat = tf.sigmoid(h @ tf.transpose(kernel) + decoder_bias)
            error = tf.reduce_sum((x_hat - batch) ** 2, axis=1)
            squares = tf.reduce_sum(kernel**2, axis=0)
            penalty = tf.reduce_sum((h * (1 - h)) ** 2 * squares)
            loss = tf.reduce_mean(error) + lam * penalty
        adam.apply(tape.gradient(loss, variables), variables)

    batches = tf.data.Dataset.from_tensor_slices(x).shuffle(len(x)).batch(50)
    for batch in batches.repeat(epochs):
        step(batch)
    decoder_kernel.assign(tf.transpose(kernel))
    return encoder, decoder

# %% wrong (0 of 3): the weights are not tied
# check_train_cae: the decoder's kernel is not the encoder's, transposed
# check_train_cae_lam: the decoder's kernel is not the encoder's, transposed
def train_cae(x, code_size, lam, epochs, seed):
    keras.utils.set_random_seed(seed)
    d, dense = x.shape[1], keras.layers.Dense
    encoder = keras.Sequential([keras.Input((d,)), dense(code_size, "sigmoid")])
    decoder = keras.Sequential([keras.Input((code_size,)), dense(d, "sigmoid")])
    both = keras.Sequential([encoder, decoder])
    both.compile(keras.optimizers.Adam(0.003), "mse", steps_per_execution=20)
    both.fit(x, x, batch_size=50, epochs=1, verbose=0)
    return encoder, decoder

# %% wrong (0 of 3): not written
# check_train_cae: is not written yet
# check_train_cae_lam: is not written yet
def train_cae(x, code_size, lam, epochs, seed):
    raise NotImplementedError
