# %% right: a table of counts, one byte at a time
def hamming(queries, codes):
    ones = np.array([bin(byte).count("1") for byte in range(256)])
    total = np.zeros((len(queries), len(codes)), dtype=int)
    for j in range(codes.shape[1]):
        total += ones[queries[:, j, None] ^ codes[None, :, j]]
    return total

# %% right: unpacked, and unequal bits counted
def hamming(queries, codes):
    a, b = np.unpackbits(queries, axis=1), np.unpackbits(codes, axis=1)
    return [[int((p != q).sum()) for q in b] for p in a]

# %% right: products of -1 and 1
def hamming(queries, codes):
    a = 2.0 * np.unpackbits(queries, axis=1) - 1
    b = 2.0 * np.unpackbits(codes, axis=1) - 1
    return (a.shape[1] - a @ b.T) / 2

# %% right: scipy's fraction times the length
def hamming(queries, codes):
    from scipy.spatial.distance import cdist

    a, b = np.unpackbits(queries, axis=1), np.unpackbits(codes, axis=1)
    return cdist(a, b, "hamming") * a.shape[1]

# %% right: squared Euclidean distances of bits
def hamming(queries, codes):
    a = np.unpackbits(queries, axis=1).astype("float32")
    b = np.unpackbits(codes, axis=1).astype("float32")
    return (a**2).sum(1)[:, None] + (b**2).sum(1) - 2 * a @ b.T

# %% right: whole numbers of Python
def hamming(queries, codes):
    a = [int.from_bytes(row.tobytes(), "big") for row in queries]
    b = [int.from_bytes(row.tobytes(), "big") for row in codes]
    return [[(p ^ q).bit_count() for q in b] for p in a]

# %% right: a mean in float32, times the length
def hamming(queries, codes):
    a, b = np.unpackbits(queries, axis=1), np.unpackbits(codes, axis=1)
    share = (a[:, None] != b).mean(axis=2, dtype=np.float32)
    return share * np.float32(a.shape[1])

# %% wrong (0 of 3): not written
# check_hamming: is not written yet
# check_hamming_long: is not written yet
def hamming(queries, codes):
    raise NotImplementedError

# %% wrong (0 of 3): bytes that differ
# check_hamming: counts the bytes that differ
# check_hamming_long: counts the bytes that differ
def hamming(queries, codes):
    return (queries[:, None] != codes).sum(axis=2)

# %% wrong (0 of 3): sums of XOR
# check_hamming: sums of XOR values
# check_hamming_long: sums of XOR values
def hamming(queries, codes):
    return (queries[:, None] ^ codes).sum(axis=2)

# %% wrong (0 of 3): a fraction
# check_hamming: is the fraction of bits that differ
# check_hamming_long: is the fraction of bits that differ
def hamming(queries, codes):
    a, b = np.unpackbits(queries, axis=1), np.unpackbits(codes, axis=1)
    return (a[:, None] != b).mean(axis=2)

# %% wrong (0 of 3): a fraction of bytes
# check_hamming: the fraction of bytes
# check_hamming_long: the fraction of bytes
def hamming(queries, codes):
    from scipy.spatial.distance import cdist

    return cdist(queries, codes, "hamming")

# %% wrong (2 of 3): summed in uint8
# check_hamming_long: starts again from 0 after 255
def hamming(queries, codes):
    total = np.zeros((len(queries), len(codes)), dtype=np.uint8)
    for ours, theirs in zip(queries.T, codes.T):
        total += np.bitwise_count(ours[:, None] ^ theirs)
    return total

# %% wrong (2 of 3): summed in int8 at the end
# check_hamming_long: that is int8
def hamming(queries, codes):
    return np.bitwise_count(queries[:, None] ^ codes).sum(axis=2).astype(np.int8)

# %% wrong (0 of 3): bits that agree
# check_hamming: counts the bits that agree
# check_hamming_long: counts the bits that agree
def hamming(queries, codes):
    return np.bitwise_count(~(queries[:, None] ^ codes)).sum(axis=2)

# %% wrong (0 of 3): and in place of xor
# check_hamming: bits set in both
# check_hamming_long: bits set in both
def hamming(queries, codes):
    return np.bitwise_count(queries[:, None] & codes).sum(axis=2)

# %% wrong (0 of 3): minus in place of xor
# check_hamming: A difference of numbers
# check_hamming_long: A difference of numbers
def hamming(queries, codes):
    return np.bitwise_count(queries[:, None] - codes).sum(axis=2)

# %% wrong (0 of 3): the mean over bytes
# check_hamming: an average over the bytes
# check_hamming_long: an average over the bytes
def hamming(queries, codes):
    return np.bitwise_count(queries[:, None] ^ codes).mean(axis=2)

# %% wrong (0 of 3): codes by queries
# check_hamming: One row for each query
# check_hamming_long: One row for each query
def hamming(queries, codes):
    return np.bitwise_count(codes[:, None] ^ queries).sum(axis=2)

# %% wrong (0 of 3): no sum
# check_hamming: Sum over the bytes of a code
# check_hamming_long: Sum over the bytes of a code
def hamming(queries, codes):
    return np.bitwise_count(queries[:, None] ^ codes)

# %% wrong (0 of 3): a root of the count
# check_hamming: no root
# check_hamming_long: no root
def hamming(queries, codes):
    a = np.unpackbits(queries, axis=1).astype(float)
    b = np.unpackbits(codes, axis=1).astype(float)
    return np.linalg.norm(a[:, None] - b, axis=2)

# %% wrong (0 of 3): words of 64 bits only
# check_hamming: stopped with ValueError
# check_hamming_long: stopped with ValueError
def hamming(queries, codes):
    a, b = queries.view(np.uint64), codes.view(np.uint64)
    return np.bitwise_count(a[:, None] ^ b).sum(axis=2)

# %% wrong (0 of 3): the first query alone
# check_hamming: One row for each query is due
# check_hamming_long: One row for each query is due
def hamming(queries, codes):
    return np.bitwise_count(queries[0] ^ codes).sum(axis=1)

# %% wrong (2 of 3): blocks of 32 bytes, each summed in uint8
# check_hamming_long: returned an array of shape
def hamming(queries, codes):
    total = np.zeros((len(queries), len(codes)), dtype=int)
    for start in range(0, codes.shape[1], 32):
        part = slice(start, start + 32)
        different = queries[:, None, part] ^ codes[:, part]
        total += np.bitwise_count(different).sum(axis=2, dtype=np.uint8)
    return total

# %% wrong (2 of 3): summed in float16
# check_hamming_long: float16 keeps three digits
def hamming(queries, codes):
    return np.bitwise_count(queries[:, None] ^ codes).sum(axis=2, dtype=np.float16)

# %% wrong (0 of 3): how many ones each code has
# check_hamming: A bit differs at its own place
# check_hamming_long: A bit differs at its own place
def hamming(queries, codes):
    ours, theirs = (
        np.bitwise_count(part).sum(axis=1, dtype=int) for part in (queries, codes)
    )
    return np.abs(ours[:, None] - theirs)

# %% wrong (0 of 3): the product of -1 and 1
# check_hamming: less those that differ
# check_hamming_long: less those that differ
def hamming(queries, codes):
    a = 2.0 * np.unpackbits(queries, axis=1) - 1
    b = 2.0 * np.unpackbits(codes, axis=1) - 1
    return a @ b.T
