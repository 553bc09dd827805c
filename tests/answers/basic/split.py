# %% right: two new Sequential models of the old layers
def split(autoencoder):
    layers = [l for l in autoencoder.layers if not isinstance(l, keras.layers.InputLayer)]
    sizes = [l.output.shape[-1] for l in layers]
    k = int(np.argmin(sizes))
    encoder = keras.Sequential([keras.Input((autoencoder.input_shape[-1],)), *layers[: k + 1]])
    decoder = keras.Sequential([keras.Input((sizes[k],)), *layers[k + 1 :]])
    return encoder, decoder

# %% right: from the code's tensor to the output
def split(autoencoder):
    code = min(autoencoder.layers, key=lambda layer: layer.output.shape[-1])
    encoder = keras.Model(autoencoder.input, code.output)
    decoder = keras.Model(code.output, autoencoder.output)
    return encoder, decoder

# %% right: cut behind the activation of the code, new input
def split(autoencoder):
    layers = autoencoder.layers
    least = min(l.output.shape[-1] for l in layers)
    k = max(i for i, l in enumerate(layers) if l.output.shape[-1] == least)
    z = out = keras.Input((least,))
    for l in layers[k + 1:]:
        out = l(out)
    return [keras.Model(autoencoder.inputs, layers[k].output), keras.Model(z, out)]

# %% right: copies with the same weights
def split(autoencoder):
    copy = keras.models.clone_model(autoencoder)
    copy.set_weights(autoencoder.get_weights())
    k = int(np.argmin([l.output.shape[-1] for l in copy.layers]))
    z = keras.Input((copy.layers[k].output.shape[-1],))
    x = z
    for l in copy.layers[k + 1:]:
        x = l(x)
    return keras.Model(copy.inputs[0], copy.layers[k].output), keras.Model(z, x)

# %% wrong (0 of 2): the decoder is the last layer only
# check_split: stopped with ValueError
# check_split_other: stopped with ValueError
def split(autoencoder):
    k = int(np.argmin([l.output.shape[-1] for l in autoencoder.layers]))
    code = autoencoder.layers[k].output
    z = keras.Input((code.shape[-1],))
    return keras.Model(autoencoder.inputs[0], code), keras.Model(z, autoencoder.layers[-1](z))

# %% wrong (0 of 2): a new input for the old output
# check_split: stopped with ValueError
# check_split_other: stopped with ValueError
def split(autoencoder):
    k = int(np.argmin([l.output.shape[-1] for l in autoencoder.layers]))
    code = autoencoder.layers[k].output
    z = keras.Input((code.shape[-1],))
    return keras.Model(autoencoder.inputs[0], code), keras.Model(z, autoencoder.output)

# %% wrong (1 of 2): fixed places in the list
# check_split_other: split(
def split(autoencoder):
    code = autoencoder.layers[2].output
    return keras.Model(autoencoder.inputs[0], code), keras.Model(code, autoencoder.outputs[0])

# %% wrong (0 of 2): new layers, untrained
# check_split: new layers are untrained
# check_split_other: new layers are untrained
def split(autoencoder):
    copy = keras.models.clone_model(autoencoder)
    k = int(np.argmin([l.output.shape[-1] for l in copy.layers]))
    code = copy.layers[k].output
    return keras.Model(copy.inputs[0], code), keras.Model(code, copy.outputs[0])

# %% wrong (0 of 2): the two exchanged
# check_split: takes inputs of shape
# check_split_other: takes inputs of shape
def split(autoencoder):
    k = int(np.argmin([l.output.shape[-1] for l in autoencoder.layers]))
    code = autoencoder.layers[k].output
    return keras.Model(code, autoencoder.outputs[0]), keras.Model(autoencoder.inputs[0], code)

# %% wrong (0 of 2): cut one layer too early
# check_split: gives outputs of shape
# check_split_other: gives outputs of shape
def split(autoencoder):
    k = int(np.argmin([l.output.shape[-1] for l in autoencoder.layers])) - 1
    code = autoencoder.layers[k].output
    return keras.Model(autoencoder.inputs[0], code), keras.Model(code, autoencoder.outputs[0])

# %% wrong (0 of 2): the encoder alone
# check_split: not a tuple (encoder, decoder)
# check_split_other: not a tuple (encoder, decoder)
def split(autoencoder):
    k = int(np.argmin([l.output.shape[-1] for l in autoencoder.layers]))
    return keras.Model(autoencoder.inputs[0], autoencoder.layers[k].output)

# %% wrong (0 of 2): leaves out the first layer of the decoder where that fits
# check_split: stopped with
# check_split_other: stopped with
def split(autoencoder):
    k = int(np.argmin([l.output.shape[-1] for l in autoencoder.layers]))
    z = x = keras.Input((autoencoder.layers[k].output.shape[-1],))
    for l in autoencoder.layers[k + 2:]:
        x = l(x)
    return keras.Model(autoencoder.inputs[0], autoencoder.layers[k].output), keras.Model(z, x)

# %% wrong (0 of 2): the decoder is two plain functions
# check_split: not a Keras model
# check_split_other: not a Keras model
def split(autoencoder):
    k = int(np.argmin([l.output.shape[-1] for l in autoencoder.layers]))
    return keras.Model(autoencoder.inputs[0], autoencoder.layers[k].output), lambda z: z

# %% wrong (1 of 2): finds the layer in the middle
# check_split_other: split(
def split(autoencoder):
    layers = [l for l in autoencoder.layers if not isinstance(l, keras.layers.InputLayer)]
    code = layers[len(layers) // 2 - 1].output
    return keras.Model(autoencoder.inputs[0], code), keras.Model(code, autoencoder.outputs[0])

# %% wrong (1 of 2): cuts in the middle of the list of layers
# check_split_other: meet at the narrowest layer
def split(autoencoder):
    layers = autoencoder.layers
    k = len(layers) // 2
    z = x = keras.Input((layers[k].output.shape[-1],))
    for layer in layers[k + 1:]:
        x = layer(x)
    return keras.Model(autoencoder.inputs, layers[k].output), keras.Model(z, x)

# %% wrong (0 of 2): the decoder first
# check_split: The order is encoder, decoder
# check_split_other: The order is encoder, decoder
def split(autoencoder):
    code = min(autoencoder.layers, key=lambda layer: layer.output.shape[-1])
    encoder = keras.Model(autoencoder.input, code.output)
    return keras.Model(code.output, autoencoder.output), encoder

# %% wrong (1 of 2): the layer with the fewest parameters
# check_split_other: meet at the narrowest layer
def split(autoencoder):
    layers = autoencoder.layers[1:]
    code = min(layers, key=lambda layer: layer.count_params() or 1e9).output
    return keras.Model(autoencoder.inputs, code), keras.Model(code, autoencoder.outputs[0])
