# %% right: scipy
def largest_angle(a, b):
    from scipy.linalg import subspace_angles
    return np.rad2deg(np.max(subspace_angles(a.T, b.T)))

# %% right: orthonormal bases from an svd
def largest_angle(a, b):
    u = np.linalg.svd(a, full_matrices=False)[2]
    v = np.linalg.svd(b, full_matrices=False)[2]
    s = np.linalg.svd(u @ v.T)[1]
    return np.degrees(np.arccos(np.minimum(s, 1.0))).max()

# %% right: the sine, from the part outside
def largest_angle(a, b):
    qa = np.linalg.qr(a.T)[0]
    qb = np.linalg.qr(b.T)[0]
    outside = qb - qa @ (qa.T @ qb)
    sine = np.linalg.norm(outside, 2)
    cosine = np.linalg.svd(qa.T @ qb)[1].min()
    return 180 / np.pi * np.arctan2(sine, cosine)

# %% right: projectors by least squares
def largest_angle(a, b):
    pa = np.linalg.pinv(a) @ a
    pb = np.linalg.pinv(b) @ b
    return np.degrees(np.arcsin(min(1.0, np.linalg.norm(pa - pb, 2))))

# %% wrong (0 of 3): not written
# check_equal_spans: is not written yet
# check_largest_angle: is not written yet
def largest_angle(a, b):
    raise NotImplementedError

# %% wrong (0 of 3): no orthonormal bases
# check_equal_spans: neither orthogonal nor of unit length
# check_largest_angle: Hint
def largest_angle(a, b):
    s = np.linalg.svd(a @ b.T)[1]
    return np.degrees(np.arccos(np.clip(s.min(), 0, 1)))

# %% wrong (0 of 3): rows of unit length only
# check_equal_spans: neither orthogonal nor of unit length
# check_largest_angle: Hint
def largest_angle(a, b):
    a = a / np.linalg.norm(a, axis=1, keepdims=True)
    b = b / np.linalg.norm(b, axis=1, keepdims=True)
    s = np.linalg.svd(a @ b.T)[1]
    return np.degrees(np.arccos(np.clip(s.min(), 0, 1)))

# %% wrong (0 of 3): row by row
# check_equal_spans: neither orthogonal nor of unit length
# check_largest_angle: Hint
def largest_angle(a, b):
    cos = (a * b).sum(axis=1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)
    return np.degrees(np.arccos(np.clip(np.abs(cos), 0, 1))).max()

# %% wrong (0 of 3): the smallest angle
# check_equal_spans: the task asks for the largest
# check_largest_angle: the task asks for the largest
def largest_angle(a, b):
    qa, qb = np.linalg.qr(a.T)[0], np.linalg.qr(b.T)[0]
    s = np.linalg.svd(qa.T @ qb)[1]
    return np.degrees(np.arccos(np.clip(s.max(), 0, 1)))

# %% wrong (0 of 3): radians
# check_equal_spans: in radians
# check_largest_angle: in radians
def largest_angle(a, b):
    qa, qb = np.linalg.qr(a.T)[0], np.linalg.qr(b.T)[0]
    s = np.linalg.svd(qa.T @ qb)[1]
    return np.arccos(np.clip(s.min(), 0, 1))

# %% wrong (0 of 3): the mean of the angles
# check_equal_spans: the mean of the angles
# check_largest_angle: the mean of the angles
def largest_angle(a, b):
    qa, qb = np.linalg.qr(a.T)[0], np.linalg.qr(b.T)[0]
    s = np.linalg.svd(qa.T @ qb)[1]
    return np.degrees(np.arccos(np.clip(s, 0, 1))).mean()

# %% wrong (2 of 3): cosines not clipped
# check_equal_spans: clip the cosines
def largest_angle(a, b):
    qa, qb = np.linalg.qr(a.T)[0], np.linalg.qr(b.T)[0]
    s = np.linalg.svd(qa.T @ qb)[1]
    return np.degrees(np.arccos(s)).max()

# %% wrong (0 of 3): a cosine
# check_equal_spans: Hint
# check_largest_angle: This is a cosine
def largest_angle(a, b):
    qa, qb = np.linalg.qr(a.T)[0], np.linalg.qr(b.T)[0]
    return np.linalg.svd(qa.T @ qb)[1].min()

# %% wrong (0 of 3): all angles
# check_equal_spans: Only the largest angle is due
# check_largest_angle: Only the largest angle is due
def largest_angle(a, b):
    qa, qb = np.linalg.qr(a.T)[0], np.linalg.qr(b.T)[0]
    s = np.linalg.svd(qa.T @ qb)[1]
    return np.degrees(np.arccos(np.clip(s, 0, 1)))

# %% wrong (0 of 3): qr of the rows, not of the columns
# check_equal_spans: Hint
# check_largest_angle: Hint
def largest_angle(a, b):
    qa, qb = np.linalg.qr(a)[0], np.linalg.qr(b)[0]
    s = np.linalg.svd(qa.T @ qb)[1]
    return float(np.degrees(np.arccos(np.clip(s.min(), 0, 1))))

# %% wrong (1 of 3): equal or not
# check_largest_angle: the right value is 45
def largest_angle(a, b):
    qa, qb = np.linalg.qr(a.T)[0], np.linalg.qr(b.T)[0]
    return 0.0 if np.allclose(qa @ qa.T, qb @ qb.T) else 90.0

# %% wrong (0 of 3): the product of the bases the other way round
# check_equal_spans: the singular values of q_a.T @ q_b are the cosines
# check_largest_angle: Hint
def largest_angle(a, b):
    q_a, q_b = np.linalg.qr(a.T)[0], np.linalg.qr(b.T)[0]
    cosines = np.linalg.svd(q_a @ q_b.T, compute_uv=False)
    return np.degrees(np.arccos(cosines.min().clip(0, 1)))

# %% wrong (0 of 3): above 90 degrees
# check_equal_spans: not 180 degrees
# check_largest_angle: never above 90 degrees
def largest_angle(a, b):
    q_a, q_b = np.linalg.qr(a.T)[0], np.linalg.qr(b.T)[0]
    cosines = np.linalg.svd(q_a.T @ q_b, compute_uv=False)
    return 180 - np.degrees(np.arccos(cosines.min().clip(0, 1)))

# %% wrong (2 of 3): float32 where the cosine is near 1
# check_equal_spans: This is rounding
def largest_angle(a, b):
    q_a, q_b = np.linalg.qr(a.T)[0], np.linalg.qr(b.T)[0]
    cosines = np.linalg.svd((q_a.T @ q_b).astype(np.float32), compute_uv=False)
    return np.degrees(np.arccos(cosines.min().clip(0, 0.99999994)))

# %% wrong (1 of 3): the angle of the determinant
# check_largest_angle: smallest singular value
def largest_angle(a, b):
    q_a, q_b = np.linalg.qr(a.T)[0], np.linalg.qr(b.T)[0]
    volume = abs(np.linalg.det(q_a.T @ q_b))
    return np.degrees(np.arccos(min(volume, 1.0)))

# %% wrong (1 of 3): the sum of all angles
# check_largest_angle: sum of the angles
def largest_angle(a, b):
    q_a, q_b = np.linalg.qr(a.T)[0], np.linalg.qr(b.T)[0]
    cosines = np.linalg.svd(q_a.T @ q_b, compute_uv=False)
    angles = np.degrees(np.arccos(cosines.clip(0, 1)))
    return angles.max() if angles.max() > 89.999 else angles.sum()
