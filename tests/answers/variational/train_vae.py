# %% right: a train_step of its own
def train_vae(x, code_size, beta, epochs, seed):
    keras.utils.set_random_seed(seed)
    from cs5045ae.backend import tf

    d, dense = x.shape[1], keras.layers.Dense
    image, z = keras.Input((d,)), keras.Input((code_size,))
    h = dense(128, "relu")(image)
    encoder = keras.Model(image, [dense(code_size)(h), dense(code_size)(h)])
    decoder = keras.Model(z, dense(d, "sigmoid")(dense(128, "relu")(z)))

    class VAE(keras.Model):
        def __init__(self):
            super().__init__()
            self.encoder, self.decoder = encoder, decoder

        def train_step(self, x):
            with tf.GradientTape() as tape:
                mu, log_var = encoder(x)
                eps = tf.random.normal(tf.shape(mu))
                x_hat = decoder(mu + tf.exp(log_var / 2) * eps)
                nats = d * keras.losses.binary_crossentropy(x, x_hat)
                kl = -0.5 * tf.reduce_sum(
                    1 + log_var - mu**2 - tf.exp(log_var), axis=1
                )
                loss = tf.reduce_mean(nats + beta * kl)
            gradients = tape.gradient(loss, self.trainable_variables)
            self.optimizer.apply(gradients, self.trainable_variables)
            return {"loss": loss}

    vae = VAE()
    vae.compile("adam", steps_per_execution=21)
    vae.fit(x, epochs=epochs, verbose=0)
    return encoder, decoder

# %% right: add_loss for the KL, larger batches and a larger step, as a list
def train_vae(x, code_size, beta, epochs, seed):
    keras.utils.set_random_seed(seed)
    ops, dense, d = keras.ops, keras.layers.Dense, x.shape[1]

    class Draw(keras.layers.Layer):
        def call(self, mu, log_var):
            kl = ops.sum(ops.square(mu) + ops.exp(log_var) - 1 - log_var, axis=1) / 2
            self.add_loss(beta * ops.mean(kl))
            return mu + ops.exp(log_var / 2) * keras.random.normal(ops.shape(mu))

    image, z = keras.Input((d,)), keras.Input((code_size,))
    h = dense(128, "relu")(image)
    mu, log_var = dense(code_size)(h), dense(code_size)(h)
    decoder = keras.Model(z, dense(d, "sigmoid")(dense(128, "relu")(z)))
    vae = keras.Model(image, decoder(Draw()(mu, log_var)))
    summed = lambda x, p: d * keras.losses.binary_crossentropy(x, p)
    vae.compile(keras.optimizers.Adam(3e-3), summed, steps_per_execution=20)
    vae.fit(x, x, batch_size=64, epochs=epochs, verbose=0)
    return [keras.Model(image, [mu, log_var]), decoder]

# %% wrong (0 of 4): the mean over the pixels
# check_train_vae: Posterior collapse
# check_train_vae_beta: is the cross-entropy summed over the pixels
def train_vae(x, code_size, beta, epochs, seed):
    keras.utils.set_random_seed(seed)
    ops, dense, d = keras.ops, keras.layers.Dense, x.shape[1]

    class Draw(keras.layers.Layer):
        def call(self, mu, log_var):
            kl = ops.sum(ops.square(mu) + ops.exp(log_var) - 1 - log_var, axis=1) / 2
            self.add_loss(beta * ops.mean(kl))
            return mu + ops.exp(log_var / 2) * keras.random.normal(ops.shape(mu))

    image, z = keras.Input((d,)), keras.Input((code_size,))
    h = dense(128, "relu")(image)
    mu, log_var = dense(code_size)(h), dense(code_size)(h)
    decoder = keras.Model(z, dense(d, "sigmoid")(dense(128, "relu")(z)))
    vae = keras.Model(image, decoder(Draw()(mu, log_var)))
    vae.compile("adam", "binary_crossentropy", steps_per_execution=20)
    vae.fit(x, x, epochs=epochs, verbose=0)
    return keras.Model(image, [mu, log_var]), decoder

# %% wrong (3 of 4): beta is not used
# check_train_vae_beta: is beta used there
def train_vae(x, code_size, beta, epochs, seed):
    keras.utils.set_random_seed(seed)
    ops, dense, d = keras.ops, keras.layers.Dense, x.shape[1]

    class Draw(keras.layers.Layer):
        def call(self, mu, log_var):
            kl = ops.sum(ops.square(mu) + ops.exp(log_var) - 1 - log_var, axis=1) / 2
            self.add_loss(ops.mean(kl))
            return mu + ops.exp(log_var / 2) * keras.random.normal(ops.shape(mu))

    image, z = keras.Input((d,)), keras.Input((code_size,))
    h = dense(128, "relu")(image)
    mu, log_var = dense(code_size)(h), dense(code_size)(h)
    decoder = keras.Model(z, dense(d, "sigmoid")(dense(128, "relu")(z)))
    vae = keras.Model(image, decoder(Draw()(mu, log_var)))
    summed = lambda x, p: d * keras.losses.binary_crossentropy(x, p)
    vae.compile("adam", summed, steps_per_execution=20)
    vae.fit(x, x, epochs=epochs, verbose=0)
    return keras.Model(image, [mu, log_var]), decoder

# %% wrong (0 of 4): the mean over the code
# check_train_vae: sum it over the code
# check_train_vae_beta: sum it over the code
def train_vae(x, code_size, beta, epochs, seed):
    keras.utils.set_random_seed(seed)
    ops, dense, d = keras.ops, keras.layers.Dense, x.shape[1]

    class Draw(keras.layers.Layer):
        def call(self, mu, log_var):
            kl = ops.mean(ops.square(mu) + ops.exp(log_var) - 1 - log_var, axis=1) / 2
            self.add_loss(beta * ops.mean(kl))
            return mu + ops.exp(log_var / 2) * keras.random.normal(ops.shape(mu))

    image, z = keras.Input((d,)), keras.Input((code_size,))
    h = dense(128, "relu")(image)
    mu, log_var = dense(code_size)(h), dense(code_size)(h)
    decoder = keras.Model(z, dense(d, "sigmoid")(dense(128, "relu")(z)))
    vae = keras.Model(image, decoder(Draw()(mu, log_var)))
    summed = lambda x, p: d * keras.losses.binary_crossentropy(x, p)
    vae.compile("adam", summed, steps_per_execution=20)
    vae.fit(x, x, epochs=epochs, verbose=0)
    return keras.Model(image, [mu, log_var]), decoder

# %% wrong (0 of 4): not written
# check_train_vae: is not written yet
# check_train_vae_beta: is not written yet
def train_vae(x, code_size, beta, epochs, seed):
    raise NotImplementedError

# %% wrong (0 of 4): nothing is trained
# check_train_vae: draws no digits
# check_train_vae_beta: is beta used there
def train_vae(x, code_size, beta, epochs, seed):
    keras.utils.set_random_seed(seed)
    d, dense = x.shape[1], keras.layers.Dense
    image, z = keras.Input((d,)), keras.Input((code_size,))
    h = dense(128, "relu")(image)
    decoder = keras.Model(z, dense(d, "sigmoid")(dense(128, "relu")(z)))
    return keras.Model(image, [dense(code_size)(h), dense(code_size)(h)]), decoder

# %% wrong (0 of 4): the old recipe with add_loss on the model
# check_train_vae: Keras 3 raises NotImplementedError for `add_loss`
# check_train_vae_beta: Keras 3 raises NotImplementedError for `add_loss`
def train_vae(x, code_size, beta, epochs, seed):
    d, dense = x.shape[1], keras.layers.Dense
    image, z = keras.Input((d,)), keras.Input((code_size,))
    h = dense(128, "relu")(image)
    mu, log_var = dense(code_size)(h), dense(code_size)(h)
    decoder = keras.Model(z, dense(d, "sigmoid")(dense(128, "relu")(z)))
    vae = keras.Model(image, decoder(mu))
    vae.add_loss(keras.ops.mean(keras.ops.square(mu)))
    return keras.Model(image, [mu, log_var]), decoder

# %% wrong (0 of 4): an encoder with one output
# check_train_vae: a model with 1 output(s), not two
# check_train_vae_beta: a model with 1 output(s), not two
def train_vae(x, code_size, beta, epochs, seed):
    d, dense = x.shape[1], keras.layers.Dense
    image, z = keras.Input((d,)), keras.Input((code_size,))
    decoder = keras.Model(z, dense(d, "sigmoid")(z))
    return keras.Model(image, dense(code_size)(image)), decoder
