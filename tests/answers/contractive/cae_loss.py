# %% right: image by image
def cae_loss(x, kernel, encoder_bias, decoder_bias, lam):
    total = 0.0
    for row in x:
        h = 1 / (1 + np.exp(-(row @ kernel + encoder_bias)))
        x_hat = 1 / (1 + np.exp(-(kernel @ h + decoder_bias)))
        jacobian = np.diag(h * (1 - h)) @ kernel.T
        total += np.sum((row - x_hat) ** 2) + lam * np.sum(jacobian**2)
    return total / len(x)

# %% right: two means, with Keras' operations
def cae_loss(x, kernel, encoder_bias, decoder_bias, lam):
    ops = keras.ops
    h = ops.sigmoid(ops.matmul(x, kernel) + encoder_bias)
    x_hat = ops.sigmoid(ops.matmul(h, ops.transpose(kernel)) + decoder_bias)
    error = x.shape[1] * ops.mean(ops.square(x - x_hat))
    penalty = ops.sum(ops.square(h * (1 - h)) * ops.sum(ops.square(kernel), axis=0))
    return error + lam * penalty / len(x)

# %% right: a float of a norm
def cae_loss(x, kernel, encoder_bias, decoder_bias, lam):
    h = sigmoid(x @ kernel + encoder_bias)
    gap = sigmoid(h @ kernel.T + decoder_bias) - x
    jacobian = (h - h**2)[:, :, None] * kernel.T
    return float((np.linalg.norm(gap) ** 2 + lam * np.sum(jacobian**2)) / x.shape[0])

# %% wrong (0 of 2): not written
# check_cae_loss: is not written yet
# check_cae_loss_batch: is not written yet
def cae_loss(x, kernel, encoder_bias, decoder_bias, lam):
    raise NotImplementedError

# %% wrong (1 of 2): the penalty is summed over the images
# check_cae_loss_batch: The penalty, too, is AVERAGED over the images
def cae_loss(x, kernel, encoder_bias, decoder_bias, lam):
    h = sigmoid(x @ kernel + encoder_bias)
    x_hat = sigmoid(h @ kernel.T + decoder_bias)
    error = ((x_hat - x) ** 2).sum(axis=1).mean()
    return error + lam * ((h * (1 - h)) ** 2 @ (kernel**2).sum(axis=0)).sum()

# %% wrong (1 of 2): both are summed over the images
# check_cae_loss_batch: Average over the images
def cae_loss(x, kernel, encoder_bias, decoder_bias, lam):
    h = sigmoid(x @ kernel + encoder_bias)
    x_hat = sigmoid(h @ kernel.T + decoder_bias)
    error = ((x_hat - x) ** 2).sum()
    return error + lam * ((h * (1 - h)) ** 2 @ (kernel**2).sum(axis=0)).sum()

# %% wrong (1 of 2): the penalty divided by n twice
# check_cae_loss_batch: divided by the number of images twice
def cae_loss(x, kernel, encoder_bias, decoder_bias, lam):
    h = sigmoid(x @ kernel + encoder_bias)
    x_hat = sigmoid(h @ kernel.T + decoder_bias)
    error = ((x_hat - x) ** 2).sum(axis=1)
    penalty = (h * (1 - h)) ** 2 @ (kernel**2).sum(axis=0) / len(x)
    return (error + lam * penalty).mean()

# %% wrong (0 of 2): the mean over the pixels
# check_cae_loss: The error is SUMMED over the pixels
# check_cae_loss_batch: The error is SUMMED over the pixels
def cae_loss(x, kernel, encoder_bias, decoder_bias, lam):
    h = sigmoid(x @ kernel + encoder_bias)
    x_hat = sigmoid(h @ kernel.T + decoder_bias)
    penalty = (h * (1 - h)) ** 2 @ (kernel**2).sum(axis=0)
    return ((x_hat - x) ** 2).mean() + lam * penalty.mean()

# %% wrong (0 of 2): no lam
# check_cae_loss: The penalty is not multiplied by lam
# check_cae_loss_batch: The penalty is not multiplied by lam
def cae_loss(x, kernel, encoder_bias, decoder_bias, lam):
    h = sigmoid(x @ kernel + encoder_bias)
    x_hat = sigmoid(h @ kernel.T + decoder_bias)
    penalty = (h * (1 - h)) ** 2 @ (kernel**2).sum(axis=0)
    return (((x_hat - x) ** 2).sum(axis=1) + penalty).mean()

# %% wrong (0 of 2): weight decay
# check_cae_loss: that is weight decay
# check_cae_loss_batch: that is weight decay
def cae_loss(x, kernel, encoder_bias, decoder_bias, lam):
    h = sigmoid(x @ kernel + encoder_bias)
    x_hat = sigmoid(h @ kernel.T + decoder_bias)
    return ((x_hat - x) ** 2).sum(axis=1).mean() + lam * (kernel**2).sum()

# %% wrong (0 of 2): a linear decoder
# check_cae_loss: The decoder has a sigmoid, too
# check_cae_loss_batch: The decoder has a sigmoid, too
def cae_loss(x, kernel, encoder_bias, decoder_bias, lam):
    h = sigmoid(x @ kernel + encoder_bias)
    x_hat = h @ kernel.T + decoder_bias
    penalty = (h * (1 - h)) ** 2 @ (kernel**2).sum(axis=0)
    return (((x_hat - x) ** 2).sum(axis=1) + lam * penalty).mean()

# %% wrong (0 of 2): the norm in place of its square
# check_cae_loss: this has the norm
# check_cae_loss_batch: this has the norm
def cae_loss(x, kernel, encoder_bias, decoder_bias, lam):
    h = sigmoid(x @ kernel + encoder_bias)
    x_hat = sigmoid(h @ kernel.T + decoder_bias)
    penalty = np.sqrt((h * (1 - h)) ** 2 @ (kernel**2).sum(axis=0))
    return (((x_hat - x) ** 2).sum(axis=1) + lam * penalty).mean()

# %% wrong (0 of 2): sums the weights, then squares
# check_cae_loss: Square each weight before you add
# check_cae_loss_batch: Square each weight before you add
def cae_loss(x, kernel, encoder_bias, decoder_bias, lam):
    h = sigmoid(x @ kernel + encoder_bias)
    x_hat = sigmoid(h @ kernel.T + decoder_bias)
    penalty = (h * (1 - h)) ** 2 @ kernel.sum(axis=0) ** 2
    return (((x_hat - x) ** 2).sum(axis=1) + lam * penalty).mean()

# %% wrong (1 of 2): one number for each image
# check_cae_loss_batch: These are the losses of single images
def cae_loss(x, kernel, encoder_bias, decoder_bias, lam):
    h = sigmoid(x @ kernel + encoder_bias)
    x_hat = sigmoid(h @ kernel.T + decoder_bias)
    penalty = (h * (1 - h)) ** 2 @ (kernel**2).sum(axis=0)
    return np.squeeze(((x_hat - x) ** 2).sum(axis=1) + lam * penalty)

# %% wrong (0 of 2): no bias in the encoder
# check_cae_loss: The encoder's bias is missing
# check_cae_loss_batch: The encoder's bias is missing
def cae_loss(x, kernel, encoder_bias, decoder_bias, lam):
    h = sigmoid(x @ kernel)
    x_hat = sigmoid(h @ kernel.T + decoder_bias)
    penalty = (h * (1 - h)) ** 2 @ (kernel**2).sum(axis=0)
    return (((x_hat - x) ** 2).sum(axis=1) + lam * penalty).mean()

# %% wrong (0 of 2): half of everything
# check_cae_loss: a factor 1/2
# check_cae_loss_batch: There is no factor 1/2 here
def cae_loss(x, kernel, encoder_bias, decoder_bias, lam):
    h = sigmoid(x @ kernel + encoder_bias)
    x_hat = sigmoid(h @ kernel.T + decoder_bias)
    penalty = (h * (1 - h)) ** 2 @ (kernel**2).sum(axis=0)
    return (((x_hat - x) ** 2).sum(axis=1) + lam * penalty).mean() / 2

# %% wrong (1 of 2): the penalty at the batch's mean code
# check_cae_loss_batch: this is the penalty at the mean code
def cae_loss(x, kernel, encoder_bias, decoder_bias, lam):
    h = sigmoid(x @ kernel + encoder_bias)
    x_hat = sigmoid(h @ kernel.T + decoder_bias)
    mean = h.mean(axis=0)
    penalty = (mean * (1 - mean)) ** 2 @ (kernel**2).sum(axis=0)
    return ((x_hat - x) ** 2).sum(axis=1).mean() + lam * penalty

# %% wrong (0 of 2): lam and 1 - lam
# check_cae_loss: the error keeps its weight of 1
# check_cae_loss_batch: the error keeps its weight of 1
def cae_loss(x, kernel, encoder_bias, decoder_bias, lam):
    h = sigmoid(x @ kernel + encoder_bias)
    x_hat = sigmoid(h @ kernel.T + decoder_bias)
    penalties = (h * (1 - h)) ** 2 @ (kernel**2).sum(axis=0)
    return np.mean((1 - lam) * ((x_hat - x) ** 2).sum(axis=1) + lam * penalties)
