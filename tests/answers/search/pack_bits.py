# %% right: by weights
def pack_bits(bits):
    n, d = bits.shape
    weights = 2 ** np.arange(7, -1, -1)
    return (bits.reshape(n, d // 8, 8) * weights).sum(axis=2).astype(np.uint8)


def unpack_bits(codes):
    weights = 2 ** np.arange(7, -1, -1)
    return (codes[:, :, None] // weights % 2).reshape(len(codes), -1)

# %% right: the first bit in the lowest place
def pack_bits(bits):
    return np.packbits(bits, axis=1, bitorder="little")


def unpack_bits(codes):
    return np.unpackbits(codes, axis=1, bitorder="little").astype(bool)

# %% right: shifts, and strings back
def pack_bits(bits):
    n, d = bits.shape
    codes = np.zeros((n, d // 8), dtype=np.uint8)
    for place in range(8):
        codes |= bits[:, place::8] << (7 - place)
    return codes


def unpack_bits(codes):
    return [[int(c) for c in "".join(f"{byte:08b}" for byte in row)] for row in codes]

# %% right: bits last, with a matrix product in uint8
def pack_bits(bits):
    weights = np.array([128, 64, 32, 16, 8, 4, 2, 1], dtype=np.uint8)
    return bits.reshape(len(bits), -1, 8) @ weights


def unpack_bits(codes):
    bits = (codes[..., None] >> np.arange(7, -1, -1)) & 1
    return bits.reshape(codes.shape[0], 8 * codes.shape[1])

# %% wrong (0 of 3): not written
# check_pack_bits: is not written yet
# check_unpack_bits: is not written yet
# check_pack_unpack: is not written yet
def pack_bits(bits):
    raise NotImplementedError


def unpack_bits(codes):
    raise NotImplementedError

# %% wrong (0 of 3): without an axis
# check_pack_bits: Keep the rows
# check_unpack_bits: Keep the rows
# check_pack_unpack: returned an array of shape
def pack_bits(bits):
    return np.packbits(bits)


def unpack_bits(codes):
    return np.unpackbits(codes)

# %% wrong (0 of 3): along the images
# check_pack_bits: 8 times shorter
# check_unpack_bits: axis 1
# check_pack_unpack: returned an array of shape
def pack_bits(bits):
    return np.packbits(bits, axis=0)


def unpack_bits(codes):
    return np.unpackbits(codes, axis=0)

# %% wrong (2 of 3): numbers of eight bytes
# check_pack_unpack: which take 8 bytes each
def pack_bits(bits):
    n, d = bits.shape
    weights = 2 ** np.arange(7, -1, -1)
    return (bits.reshape(n, d // 8, 8) * weights).sum(axis=2)


def unpack_bits(codes):
    return np.unpackbits(codes, axis=1)

# %% wrong (2 of 3): each way has an order of its own
# check_pack_unpack: choose one order for both
def pack_bits(bits):
    return np.packbits(bits, axis=1)


def unpack_bits(codes):
    return np.unpackbits(codes, axis=1, bitorder="little")

# %% wrong (1 of 3): bytes with a sign
# check_pack_bits: which is below 0
# check_pack_unpack: which is below 0
def pack_bits(bits):
    return np.packbits(bits, axis=1).astype(np.int8)


def unpack_bits(codes):
    return np.unpackbits(codes, axis=1)

# %% wrong (1 of 3): ones are counted
# check_pack_bits: each place has its own weight
# check_pack_unpack: is not bits
def pack_bits(bits):
    return bits.reshape(len(bits), -1, 8).sum(axis=2).astype(np.uint8)


def unpack_bits(codes):
    return np.unpackbits(codes, axis=1)

# %% wrong (1 of 3): the last bit is not cut out
# check_unpack_bits: keep the last bit
# check_pack_unpack: is not bits
def pack_bits(bits):
    return np.packbits(bits, axis=1)


def unpack_bits(codes):
    bits = codes[:, :, None] >> np.arange(7, -1, -1, dtype=np.uint8)
    return bits.reshape(len(codes), -1)

# %% wrong (1 of 3): places before bytes
# check_unpack_bits: the last axis is that of the places
# check_pack_unpack: is not bits
def pack_bits(bits):
    return np.packbits(bits, axis=1)


def unpack_bits(codes):
    weights = 2 ** np.arange(7, -1, -1)
    return (codes[:, None, :] // weights[:, None] % 2).reshape(len(codes), -1)

# %% wrong (1 of 3): every eighth bit in a byte
# check_pack_bits: reshape to (n, d // 8, 8)
# check_pack_unpack: is not bits
def pack_bits(bits):
    n, d = bits.shape
    blocks = bits.reshape(n, 8, d // 8)
    weights = 2 ** np.arange(7, -1, -1)
    return (blocks * weights[:, None]).sum(axis=1).astype(np.uint8)


def unpack_bits(codes):
    return np.unpackbits(codes, axis=1)

# %% wrong (1 of 3): the whole row turned round
# check_pack_bits: bytes are in the reverse order
# check_unpack_bits: bytes are in the reverse order
def pack_bits(bits):
    return np.packbits(bits, axis=1)[:, ::-1]


def unpack_bits(codes):
    return np.unpackbits(codes[:, ::-1], axis=1)

# %% wrong (1 of 3): seven weights only
# check_pack_bits: All weights are twice
# check_pack_unpack: which is above 255
def pack_bits(bits):
    return bits.reshape(len(bits), -1, 8) @ 2 ** np.arange(8, 0, -1)


def unpack_bits(codes):
    return np.unpackbits(codes, axis=1)

# %% wrong (1 of 3): bin without zeros at the front
# check_unpack_bits: Zeros at the front of a byte count too
# check_pack_unpack: where numbers are due
def pack_bits(bits):
    return np.packbits(bits, axis=1)


def unpack_bits(codes):
    return [[int(c) for byte in row for c in bin(byte)[2:]] for row in codes]

# %% wrong (2 of 3): the pair kept in memory
# check_unpack_bits: returned an array of shape
def pack_bits(bits):
    pack_bits.last = bits
    return np.packbits(bits, axis=1)


def unpack_bits(codes):
    return pack_bits.last
