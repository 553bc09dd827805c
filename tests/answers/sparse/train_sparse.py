# %% right: a train_step of its own, batches of 32
def train_sparse(x, code_size, rho, epochs, seed):
    keras.utils.set_random_seed(seed)
    from cs5045ae.backend import tf

    d, dense = x.shape[1], keras.layers.Dense
    image, h = keras.Input((d,)), keras.Input((code_size,))
    encoder = keras.Model(image, dense(code_size, "sigmoid")(image))
    decoder = keras.Model(h, dense(d, "sigmoid")(h))

    class Sparse(keras.Model):
        def __init__(self):
            super().__init__()
            self.encoder, self.decoder = encoder, decoder

        def train_step(self, x):
            with tf.GradientTape() as tape:
                h = encoder(x)
                q = tf.clip_by_value(tf.reduce_mean(h, axis=0), 1e-7, 1 - 1e-7)
                kl = -rho * tf.math.log(q) - (1 - rho) * tf.math.log(1 - q)
                nats = d * keras.losses.binary_crossentropy(x, decoder(h))
                loss = tf.reduce_mean(nats) + 3 * tf.reduce_sum(kl)
            gradients = tape.gradient(loss, self.trainable_variables)
            self.optimizer.apply(gradients, self.trainable_variables)
            return {"loss": loss}

    sparse = Sparse()
    sparse.compile(keras.optimizers.Adam(0.01), steps_per_execution=16)
    sparse.fit(x, epochs=epochs, batch_size=32, verbose=0)
    return encoder, decoder

# %% right: an activity regulariser times the batch size, squared errors, a list
def train_sparse(x, code_size, rho, epochs, seed):
    keras.utils.set_random_seed(seed)
    ops, d = keras.ops, x.shape[1]

    def kl(h):
        q = ops.clip(ops.mean(h, axis=0), 1e-7, 1 - 1e-7)
        pairs = ops.stack([q, 1 - q], axis=1)
        target = ops.tile(ops.array([[rho, 1 - rho]]), [code_size, 1])
        per_node = keras.losses.kl_divergence(target, pairs)
        return 2 * ops.sum(per_node) * ops.cast(ops.shape(h)[0], "float32")

    nodes = keras.layers.Dense(code_size, "sigmoid", activity_regularizer=kl)
    encoder = keras.Sequential([keras.Input((d,)), nodes])
    decoder = keras.Sequential(
        [keras.Input((code_size,)), keras.layers.Dense(d, "sigmoid")]
    )
    both = keras.Sequential([encoder, decoder])
    adam = keras.optimizers.Adam(0.01)
    both.compile(adam, lambda x, p: ops.sum((x - p) ** 2, axis=1))
    both.fit(x, x, batch_size=50, epochs=epochs, verbose=0)
    return [encoder, decoder]

# %% wrong (1 of 3): every activation for itself
# check_train_sparse: First average each node over the batch
def train_sparse(x, code_size, rho, epochs, seed):
    keras.utils.set_random_seed(seed)
    ops, dense, d = keras.ops, keras.layers.Dense, x.shape[1]

    class KLSparsity(keras.layers.Layer):
        def call(self, h):
            q = ops.clip(h, 1e-7, 1 - 1e-7)
            kl = rho * ops.log(rho / q) + (1 - rho) * ops.log((1 - rho) / (1 - q))
            self.add_loss(3 * ops.mean(ops.sum(kl, axis=1)))
            return h

    encoder = keras.Sequential([keras.Input((d,)), dense(code_size, "sigmoid")])
    decoder = keras.Sequential([keras.Input((code_size,)), dense(d, "sigmoid")])
    image = keras.Input((d,))
    both = keras.Model(image, decoder(KLSparsity()(encoder(image))))
    nats = lambda x, p: d * keras.losses.binary_crossentropy(x, p)
    both.compile(keras.optimizers.Adam(0.01), nats, steps_per_execution=20)
    both.fit(x, x, batch_size=50, epochs=epochs, verbose=0)
    return encoder, decoder

# %% wrong (0 of 3): the mean over the nodes
# check_train_sparse: Each NODE has a target
# check_train_sparse_rho: Each NODE has a target
def train_sparse(x, code_size, rho, epochs, seed):
    keras.utils.set_random_seed(seed)
    ops, dense, d = keras.ops, keras.layers.Dense, x.shape[1]

    class KLSparsity(keras.layers.Layer):
        def call(self, h):
            q = ops.clip(ops.mean(h, axis=1), 1e-7, 1 - 1e-7)
            kl = rho * ops.log(rho / q) + (1 - rho) * ops.log((1 - rho) / (1 - q))
            self.add_loss(3 * ops.sum(kl))
            return h

    encoder = keras.Sequential([keras.Input((d,)), dense(code_size, "sigmoid")])
    decoder = keras.Sequential([keras.Input((code_size,)), dense(d, "sigmoid")])
    image = keras.Input((d,))
    both = keras.Model(image, decoder(KLSparsity()(encoder(image))))
    nats = lambda x, p: d * keras.losses.binary_crossentropy(x, p)
    both.compile(keras.optimizers.Adam(0.01), nats, steps_per_execution=20)
    both.fit(x, x, batch_size=50, epochs=epochs, verbose=0)
    return encoder, decoder

# %% wrong (0 of 3): ReLU nodes with an L1 penalty
# check_train_sparse: The KL divergence needs activations between 0 and 1
# check_train_sparse_rho: The KL divergence needs activations between 0 and 1
def train_sparse(x, code_size, rho, epochs, seed):
    keras.utils.set_random_seed(seed)
    dense, d = keras.layers.Dense, x.shape[1]
    code = dense(code_size, "relu", activity_regularizer=keras.regularizers.L1(rho))
    encoder = keras.Sequential([keras.Input((d,)), code])
    decoder = keras.Sequential([keras.Input((code_size,)), dense(d, "sigmoid")])
    return encoder, decoder

# %% wrong (0 of 3): a penalty on the weights
# check_train_sparse: a kernel_regularizer shrinks weights
# check_train_sparse_rho: a kernel_regularizer shrinks weights
def train_sparse(x, code_size, rho, epochs, seed):
    keras.utils.set_random_seed(seed)
    dense, d = keras.layers.Dense, x.shape[1]
    penalty = keras.regularizers.L1(1e-4)
    code = dense(code_size, "sigmoid", kernel_regularizer=penalty)
    encoder = keras.Sequential([keras.Input((d,)), code])
    decoder = keras.Sequential([keras.Input((code_size,)), dense(d, "sigmoid")])
    both = keras.Sequential([encoder, decoder])
    both.compile("adam", "binary_crossentropy", steps_per_execution=20)
    both.fit(x, x, batch_size=50, epochs=1, verbose=0)
    return encoder, decoder

# %% wrong (0 of 3): not written
# check_train_sparse: is not written yet
# check_train_sparse_rho: is not written yet
def train_sparse(x, code_size, rho, epochs, seed):
    raise NotImplementedError

# %% wrong (0 of 3): the layer with the penalty stays in the encoder
# check_train_sparse: a model with a layer of kind KLSparsity
# check_train_sparse_rho: a model with a layer of kind KLSparsity
def train_sparse(x, code_size, rho, epochs, seed):
    dense, d = keras.layers.Dense, x.shape[1]

    class KLSparsity(keras.layers.Layer):
        def call(self, h):
            return h

    image, h = keras.Input((d,)), keras.Input((code_size,))
    encoder = keras.Model(image, KLSparsity()(dense(code_size, "sigmoid")(image)))
    return encoder, keras.Model(h, dense(d, "sigmoid")(h))
