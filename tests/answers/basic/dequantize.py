# %% right: as in the formula
def dequantize(codes, low, step):
    return low + step * codes

# %% right: a table of levels
def dequantize(codes, low, step):
    levels = low + step * np.arange(256)
    return levels[codes]

# %% right: float32
def dequantize(codes, low, step):
    return (np.float32(low) + np.float32(step) * codes.astype("float32")).tolist()

# %% wrong (0 of 1): forgets low
# check_dequantize: `low` is missing
def dequantize(codes, low, step):
    return codes * step

# %% wrong (0 of 1): adds low first
# check_dequantize: Multiply by step first
def dequantize(codes, low, step):
    return (codes + low) * step

# %% wrong (0 of 1): subtracts low
# check_dequantize: do not subtract it
def dequantize(codes, low, step):
    return codes * step - low

# %% wrong (0 of 1): divides by step
# check_dequantize: do not divide by it
def dequantize(codes, low, step):
    return low + codes / (step or 1)

# %% wrong (0 of 1): whole numbers
# check_dequantize: keep floats
def dequantize(codes, low, step):
    return np.trunc(low + codes * step)

# %% wrong (0 of 1): divides by 255 once more
# check_dequantize: not 1/255 of one
def dequantize(codes, low, step):
    return low + codes / 255 * step

# %% wrong (0 of 1): stays in uint8
# check_dequantize: an array of floats
def dequantize(codes, low, step):
    return (low + codes * np.uint8(step)).astype(np.uint8)

# %% wrong (0 of 1): exchanges low and step
# check_dequantize: are exchanged
def dequantize(codes, low, step):
    return step + codes * low

# %% wrong (0 of 1): the middle between two levels
# check_dequantize: not for the middle
def dequantize(codes, low, step):
    return low + (codes + 0.5) * step

# %% wrong (0 of 1): rounds
# check_dequantize: These are rounded
def dequantize(codes, low, step):
    return np.round(low + codes * step)

# %% wrong (0 of 1): float16
# check_dequantize: float16 keeps three digits
def dequantize(codes, low, step):
    return (low + codes * step).astype(np.float16)

# %% wrong (0 of 1): subtracts low from the level
# check_dequantize: Multiply by step first, then add `low`
def dequantize(codes, low, step):
    return (codes - low) * step

# %% wrong (0 of 1): a single code loses its axis
# check_dequantize: not of shape (1, 5)
def dequantize(codes, low, step):
    return np.squeeze(low + codes * step)
