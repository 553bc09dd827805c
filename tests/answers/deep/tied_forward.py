# %% right: indices, and a helper
def tied_forward(x, kernels, encoder_biases, decoder_biases):
    def sigmoid(a):
        return (1 + np.tanh(a / 2)) / 2
    h = x
    for i in range(len(kernels)):
        h = sigmoid(h @ kernels[i] + encoder_biases[i])
    z = h
    for i in range(len(kernels)):
        h = sigmoid(h @ kernels[-1 - i].T + decoder_biases[i])
    return z, h

# %% right: one list of all kernels, einsum
def tied_forward(x, kernels, encoder_biases, decoder_biases):
    both = list(kernels) + [w.T for w in kernels[::-1]]
    biases = list(encoder_biases) + list(decoder_biases)
    outputs = [x]
    for w, b in zip(both, biases):
        outputs.append(np.exp(-np.logaddexp(0, -(np.einsum("ni,ij->nj", outputs[-1], w) + b))))
    return outputs[len(kernels)], outputs[-1]

# %% right: with keras.ops, in float32
def tied_forward(x, kernels, encoder_biases, decoder_biases):
    ops = keras.ops
    z = ops.convert_to_tensor(np.asarray(x, "float32"))
    for w, b in zip(kernels, encoder_biases):
        z = ops.sigmoid(z @ w.astype("float32") + b.astype("float32"))
    y = z
    for w, b in zip(kernels[::-1], decoder_biases):
        y = ops.sigmoid(y @ w.T.astype("float32") + b.astype("float32"))
    return np.array(z), np.array(y)

# %% wrong (0 of 2): a linear code
# check_tied_forward: the code too
# check_tied_forward_deep: the code too
def tied_forward(x, kernels, encoder_biases, decoder_biases):
    z = x
    for i, (w, b) in enumerate(zip(kernels, encoder_biases)):
        z = z @ w + b
        if i < len(kernels) - 1:
            z = 1 / (1 + np.exp(-z))
    y = z
    for w, b in zip(kernels[::-1], decoder_biases):
        y = 1 / (1 + np.exp(-(y @ w.T + b)))
    return z, y

# %% wrong (0 of 2): a linear output
# check_tied_forward: the last one too
# check_tied_forward_deep: the last one too
def tied_forward(x, kernels, encoder_biases, decoder_biases):
    z = x
    for w, b in zip(kernels, encoder_biases):
        z = 1 / (1 + np.exp(-(z @ w + b)))
    y = z
    for i, (w, b) in enumerate(zip(kernels[::-1], decoder_biases)):
        y = y @ w.T + b
        if i < len(kernels) - 1:
            y = 1 / (1 + np.exp(-y))
    return z, y

# %% wrong (1 of 2): the kernels in the encoder's order
# check_tied_forward_deep: stopped with ValueError
def tied_forward(x, kernels, encoder_biases, decoder_biases):
    z = x
    for w, b in zip(kernels, encoder_biases):
        z = 1 / (1 + np.exp(-(z @ w + b)))
    y = z
    for w, b in zip(kernels, decoder_biases):
        y = 1 / (1 + np.exp(-(y @ w.T + b)))
    return z, y

# %% wrong (1 of 2): decoder biases reversed
# check_tied_forward_deep: stopped with ValueError
def tied_forward(x, kernels, encoder_biases, decoder_biases):
    z = x
    for w, b in zip(kernels, encoder_biases):
        z = 1 / (1 + np.exp(-(z @ w + b)))
    y = z
    for w, b in zip(kernels[::-1], decoder_biases[::-1]):
        y = 1 / (1 + np.exp(-(y @ w.T + b)))
    return z, y

# %% wrong (1 of 2): the first kernel alone
# check_tied_forward_deep: array of shape
def tied_forward(x, kernels, encoder_biases, decoder_biases):
    z = 1 / (1 + np.exp(-(x @ kernels[0] + encoder_biases[0])))
    return z, 1 / (1 + np.exp(-(z @ kernels[0].T + decoder_biases[-1])))

# %% wrong (0 of 2): not transposed
# check_tied_forward: stopped with ValueError
# check_tied_forward_deep: stopped with ValueError
def tied_forward(x, kernels, encoder_biases, decoder_biases):
    z = x
    for w, b in zip(kernels, encoder_biases):
        z = 1 / (1 + np.exp(-(z @ w + b)))
    y = z
    for w, b in zip(kernels[::-1], decoder_biases):
        y = 1 / (1 + np.exp(-(y @ w + b)))
    return z, y

# %% wrong (0 of 2): no biases in the decoder
# check_tied_forward: The decoder's biases are missing
# check_tied_forward_deep: The decoder's biases are missing
def tied_forward(x, kernels, encoder_biases, decoder_biases):
    z = x
    for w, b in zip(kernels, encoder_biases):
        z = 1 / (1 + np.exp(-(z @ w + b)))
    y = z
    for w in kernels[::-1]:
        y = 1 / (1 + np.exp(-(y @ w.T)))
    return z, y

# %% wrong (0 of 2): no biases in the encoder
# check_tied_forward: The encoder's biases are missing
# check_tied_forward_deep: The encoder's biases are missing
def tied_forward(x, kernels, encoder_biases, decoder_biases):
    z = x
    for w in kernels:
        z = 1 / (1 + np.exp(-(z @ w)))
    y = z
    for w, b in zip(kernels[::-1], decoder_biases):
        y = 1 / (1 + np.exp(-(y @ w.T + b)))
    return z, y

# %% wrong (0 of 2): the order exchanged
# check_tied_forward: The order is z, x_hat
# check_tied_forward_deep: The order is z, x_hat
def tied_forward(x, kernels, encoder_biases, decoder_biases):
    z = x
    for w, b in zip(kernels, encoder_biases):
        z = 1 / (1 + np.exp(-(z @ w + b)))
    y = z
    for w, b in zip(kernels[::-1], decoder_biases):
        y = 1 / (1 + np.exp(-(y @ w.T + b)))
    return y, z

# %% wrong (0 of 2): reverses the list in place
# check_tied_forward: changed its argument
# check_tied_forward_deep: changed its argument kernels
def tied_forward(x, kernels, encoder_biases, decoder_biases):
    z = x
    for w, b in zip(kernels, encoder_biases):
        z = 1 / (1 + np.exp(-(z @ w + b)))
    y = z
    while kernels:
        y = 1 / (1 + np.exp(-(y @ kernels.pop().T + decoder_biases.pop(0))))
    return z, y
