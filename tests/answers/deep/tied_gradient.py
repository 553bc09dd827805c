# %% right: two kernels, then their sum
def tied_gradient(x, kernel, encoder_bias, decoder_bias):
    sigmoid = lambda a: 1 / (1 + np.exp(-np.clip(a, -500, 500)))
    w, v = kernel, kernel.T
    z = sigmoid(x @ w + encoder_bias)
    x_hat = sigmoid(z @ v + decoder_bias)
    delta_2 = (x_hat - x) / x.shape[0]
    grad_v = z.T @ delta_2
    delta_1 = (delta_2 @ v.T) * z * (1 - z)
    grad_w = x.T @ delta_1
    return grad_w + grad_v.T

# %% right: image by image, with outer products
def tied_gradient(x, kernel, encoder_bias, decoder_bias):
    total = np.zeros(kernel.shape)
    for row in x:
        z = 1 / (1 + np.exp(-(row @ kernel + encoder_bias)))
        gap = 1 / (1 + np.exp(-(kernel @ z + decoder_bias))) - row
        total += np.outer(gap, z) + np.outer(row, (gap @ kernel) * z * (1 - z))
    return total / len(x)

# %% right: TensorFlow's tape, by logits
def tied_gradient(x, kernel, encoder_bias, decoder_bias):
    import tensorflow as tf
    w = tf.Variable(kernel)
    with tf.GradientTape() as tape:
        z = tf.sigmoid(tf.constant(x) @ w + encoder_bias)
        logits = z @ tf.transpose(w) + decoder_bias
        each = tf.nn.sigmoid_cross_entropy_with_logits(labels=x, logits=logits)
        loss = tf.reduce_mean(tf.reduce_sum(each, axis=1))
    return tape.gradient(loss, w).numpy()

# %% wrong (0 of 3): the encoder's part alone
# check_tied_gradient: This is the encoder's part alone
# check_tied_gradient_edges: This is the encoder's part alone
def tied_gradient(x, kernel, encoder_bias, decoder_bias):
    z = 1 / (1 + np.exp(-(x @ kernel + encoder_bias)))
    x_hat = 1 / (1 + np.exp(-(z @ kernel.T + decoder_bias)))
    a = (x_hat - x) / len(x)
    return x.T @ ((a @ kernel) * z * (1 - z))

# %% wrong (0 of 3): the decoder's part alone
# check_tied_gradient: This is the decoder's part alone
# check_tied_gradient_edges: This is the decoder's part alone
def tied_gradient(x, kernel, encoder_bias, decoder_bias):
    z = 1 / (1 + np.exp(-(x @ kernel + encoder_bias)))
    x_hat = 1 / (1 + np.exp(-(z @ kernel.T + decoder_bias)))
    return ((x_hat - x) / len(x)).T @ z

# %% wrong (0 of 3): the decoder's part, as its own kernel has it
# check_tied_gradient: transpose
# check_tied_gradient_edges: transpose
def tied_gradient(x, kernel, encoder_bias, decoder_bias):
    z = 1 / (1 + np.exp(-(x @ kernel + encoder_bias)))
    x_hat = 1 / (1 + np.exp(-(z @ kernel.T + decoder_bias)))
    return z.T @ ((x_hat - x) / len(x))

# %% wrong (0 of 3): summed over the images
# check_tied_gradient: Average over the images
# check_tied_gradient_edges: Average over the images
def tied_gradient(x, kernel, encoder_bias, decoder_bias):
    z = 1 / (1 + np.exp(-(x @ kernel + encoder_bias)))
    a = 1 / (1 + np.exp(-(z @ kernel.T + decoder_bias))) - x
    return x.T @ ((a @ kernel) * z * (1 - z)) + a.T @ z

# %% wrong (0 of 3): averaged over the pixels too
# check_tied_gradient: do not divide by their number
# check_tied_gradient_edges: do not divide by their number
def tied_gradient(x, kernel, encoder_bias, decoder_bias):
    z = 1 / (1 + np.exp(-(x @ kernel + encoder_bias)))
    a = (1 / (1 + np.exp(-(z @ kernel.T + decoder_bias))) - x) / x.size
    return x.T @ ((a @ kernel) * z * (1 - z)) + a.T @ z

# %% wrong (0 of 3): the sign turned
# check_tied_gradient: The sign is turned
# check_tied_gradient_edges: The sign is turned
def tied_gradient(x, kernel, encoder_bias, decoder_bias):
    z = 1 / (1 + np.exp(-(x @ kernel + encoder_bias)))
    a = (x - 1 / (1 + np.exp(-(z @ kernel.T + decoder_bias)))) / len(x)
    return x.T @ ((a @ kernel) * z * (1 - z)) + a.T @ z

# %% wrong (0 of 3): no slope of the code's sigmoid
# check_tied_gradient: multiply by the slope of its sigmoid
# check_tied_gradient_edges: multiply by the slope of its sigmoid
def tied_gradient(x, kernel, encoder_bias, decoder_bias):
    z = 1 / (1 + np.exp(-(x @ kernel + encoder_bias)))
    a = (1 / (1 + np.exp(-(z @ kernel.T + decoder_bias))) - x) / len(x)
    return x.T @ (a @ kernel) + a.T @ z

# %% wrong (0 of 3): the output's slope twice
# check_tied_gradient: (1 - x_hat) cancels
# check_tied_gradient_edges: (1 - x_hat) cancels
def tied_gradient(x, kernel, encoder_bias, decoder_bias):
    z = 1 / (1 + np.exp(-(x @ kernel + encoder_bias)))
    x_hat = 1 / (1 + np.exp(-(z @ kernel.T + decoder_bias)))
    a = (x_hat - x) * x_hat * (1 - x_hat) / len(x)
    return x.T @ ((a @ kernel) * z * (1 - z)) + a.T @ z

# %% wrong (0 of 3): the mean of both parts
# check_tied_gradient: do not average them
# check_tied_gradient_edges: do not average them
def tied_gradient(x, kernel, encoder_bias, decoder_bias):
    z = 1 / (1 + np.exp(-(x @ kernel + encoder_bias)))
    a = (1 / (1 + np.exp(-(z @ kernel.T + decoder_bias))) - x) / len(x)
    return (x.T @ ((a @ kernel) * z * (1 - z)) + a.T @ z) / 2

# %% wrong (2 of 3): square kernels added without a transpose
# check_tied_gradient_edges: is off by
def tied_gradient(x, kernel, encoder_bias, decoder_bias):
    z = 1 / (1 + np.exp(-(x @ kernel + encoder_bias)))
    a = (1 / (1 + np.exp(-(z @ kernel.T + decoder_bias))) - x) / len(x)
    first, second = x.T @ ((a @ kernel) * z * (1 - z)), z.T @ a
    return first + (second if first.shape == second.shape else second.T)

# %% wrong (2 of 3): a cross-entropy by logarithms, whose slopes run into NaN
# check_tied_gradient_edges: NaN
def tied_gradient(x, kernel, encoder_bias, decoder_bias):
    z = 1 / (1 + np.exp(-(x @ kernel + encoder_bias)))
    p = 1 / (1 + np.exp(-(z @ kernel.T + decoder_bias)))
    a = (-x / p + (1 - x) / (1 - p)) * p * (1 - p) / len(x)
    return x.T @ ((a @ kernel) * z * (1 - z)) + a.T @ z

# %% wrong (0 of 3): the slope of the squared error
# check_tied_gradient: This is the slope of the squared error
# check_tied_gradient_edges: This is the slope of the squared error
def tied_gradient(x, kernel, encoder_bias, decoder_bias):
    z = 1 / (1 + np.exp(-(x @ kernel + encoder_bias)))
    x_hat = 1 / (1 + np.exp(-(z @ kernel.T + decoder_bias)))
    a = 2 * (x_hat - x) * x_hat * (1 - x_hat) / len(x)
    return x.T @ ((a @ kernel) * z * (1 - z)) + a.T @ z
