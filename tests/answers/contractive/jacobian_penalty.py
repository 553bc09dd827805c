# %% right: a loop over the units
def jacobian_penalty(encoder, x):
    x = tf.constant(x)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        units = tf.unstack(encoder(x), axis=1)
    rows = [tape.gradient(unit, x) for unit in units]
    return sum(np.sum(np.square(row), axis=1) for row in rows)

# %% right: the full Jacobian, with its zero blocks
def jacobian_penalty(encoder, x):
    x = tf.Variable(x)
    with tf.GradientTape() as tape:
        h = encoder(x)
    return tf.reduce_sum(tf.square(tape.jacobian(h, x)), axis=[1, 2, 3])

# %% right: central differences
def jacobian_penalty(encoder, x):
    step, total = 1e-2, 0.0
    for pixel in np.eye(x.shape[1], dtype="float32"):
        ahead, behind = (np.asarray(encoder(x + s * step * pixel)) for s in (1, -1))
        total = total + (((ahead - behind) / (2 * step)) ** 2).sum(axis=1)
    return total

# %% right: forward mode, a pixel at a time
def jacobian_penalty(encoder, x):
    total = np.zeros(len(x))
    for pixel in np.eye(x.shape[1], dtype="float32"):
        images, tangent = tf.constant(x), tf.constant(np.tile(pixel, (len(x), 1)))
        with tf.autodiff.ForwardAccumulator(images, tangent) as forward:
            h = encoder(images)
        total += np.sum(np.square(forward.jvp(h)), axis=1)
    return total

# %% wrong (0 of 3): not written
# check_jacobian_penalty: is not written yet
# check_jacobian_penalty_edges: is not written yet
def jacobian_penalty(encoder, x):
    raise NotImplementedError

# %% wrong (0 of 3): the gradient, squared
# check_jacobian_penalty: The units were added up before squaring
# check_jacobian_penalty_edges: The units were added up before squaring
def jacobian_penalty(encoder, x):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        h = encoder(x)
    return tf.reduce_sum(tape.gradient(h, x) ** 2, axis=1)

# %% wrong (0 of 3): the sigmoid's slope, whatever the activation
# check_jacobian_penalty: h (1 - h) is the slope of the sigmoid only
# check_jacobian_penalty_edges: is off by
def jacobian_penalty(encoder, x):
    kernel = encoder.get_weights()[0]
    h = np.asarray(encoder(x))
    if h.shape[1] != kernel.shape[1]:
        h = np.resize(h, (len(x), kernel.shape[1]))
    return (h * (1 - h)) ** 2 @ (kernel**2).sum(axis=0)

# %% wrong (0 of 3): one sigmoid layer, and no other
# check_jacobian_penalty: you put a sigmoid in its place
# check_jacobian_penalty_edges: This is the first layer alone
def jacobian_penalty(encoder, x):
    kernel, bias, *_ = encoder.get_weights()
    h = sigmoid(x @ kernel + bias)
    return (h * (1 - h)) ** 2 @ (kernel**2).sum(axis=0)

# %% wrong (0 of 3): the constant is not watched
# check_jacobian_penalty: the tape did not watch what
# check_jacobian_penalty_edges: the tape did not watch what
def jacobian_penalty(encoder, x):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        h = encoder(x)
    return tf.reduce_sum(tape.batch_jacobian(h, x) ** 2, axis=[1, 2])

# %% wrong (0 of 3): summed over the images too
# check_jacobian_penalty: Each image has a penalty of its own
# check_jacobian_penalty_edges: Each image has a penalty of its own
def jacobian_penalty(encoder, x):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        h = encoder(x)
    return tf.reduce_sum(tape.batch_jacobian(h, x) ** 2)

# %% wrong (0 of 3): the mean of the squares
# check_jacobian_penalty: this is their mean
# check_jacobian_penalty_edges: this is their mean
def jacobian_penalty(encoder, x):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        h = encoder(x)
    return tf.reduce_mean(tape.batch_jacobian(h, x) ** 2, axis=[1, 2])

# %% wrong (0 of 3): the Jacobian itself
# check_jacobian_penalty: This is the Jacobian
# check_jacobian_penalty_edges: This is the Jacobian
def jacobian_penalty(encoder, x):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        h = encoder(x)
    return tape.batch_jacobian(h, x)

# %% wrong (0 of 3): an array from predict, inside the tape
# check_jacobian_penalty: The tape follows tensors alone
# check_jacobian_penalty_edges: The tape follows tensors alone
def jacobian_penalty(encoder, x):
    x = tf.convert_to_tensor(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        h = encoder.predict(x, verbose=0)
    return tf.reduce_sum(tape.batch_jacobian(h, x) ** 2, axis=(1, 2))

# %% wrong (2 of 3): dense layers of four activations, by hand
# check_jacobian_penalty_edges: let the tape find the derivatives
def jacobian_penalty(encoder, x):
    slopes = {
        "sigmoid": lambda a: sigmoid(a) * (1 - sigmoid(a)),
        "tanh": lambda a: 1 - np.tanh(a) ** 2,
        "relu": lambda a: 1.0 * (a > 0),
        "linear": np.ones_like,
    }
    jacobian = np.eye(x.shape[1])
    for layer in encoder.layers:
        kernel, bias = layer.get_weights()
        a = x @ kernel + bias
        slope = slopes[layer.activation.__name__](a)
        jacobian = slope[:, :, None] * kernel.T @ jacobian
        x = np.asarray(layer.activation(a))
    return (jacobian**2).sum(axis=(1, 2))

# %% wrong (2 of 3): called as in training
# check_jacobian_penalty_edges: without `training=True`
def jacobian_penalty(encoder, x):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        h = encoder(x, training=True)
    return tf.reduce_sum(tape.batch_jacobian(h, x) ** 2, axis=(1, 2))
