# %% right: one row after the other
def convolution_matrix(kernel, height, width, stride):
    rows, columns = kernel.shape
    found = []
    for top in range(0, height - rows + 1, stride):
        for left in range(0, width - columns + 1, stride):
            image = np.zeros((height, width))
            image[top : top + rows, left : left + columns] = kernel
            found.append(image.ravel())
    return np.array(found)

# %% right: the convolution of every unit image
def convolution_matrix(kernel, height, width, stride):
    units = np.eye(height * width).reshape(-1, height, width)
    windows = np.lib.stride_tricks.sliding_window_view(
        units, kernel.shape, axis=(1, 2)
    )[:, ::stride, ::stride]
    return (windows * kernel).sum(axis=(-2, -1)).reshape(len(units), -1).T

# %% right: number by number, a list of lists
def convolution_matrix(kernel, height, width, stride):
    rows, columns = kernel.shape
    down = (height - rows) // stride + 1
    across = (width - columns) // stride + 1
    c = [[0.0] * (height * width) for _ in range(down * across)]
    for i in range(down):
        for j in range(across):
            for a in range(rows):
                for b in range(columns):
                    pixel = (stride * i + a) * width + stride * j + b
                    c[i * across + j][pixel] = float(kernel[a, b])
    return c

# %% right: Keras' convolution of unit images, as a tensor
def convolution_matrix(kernel, height, width, stride):
    units = np.eye(height * width).reshape(-1, height, width, 1).astype("float32")
    out = keras.ops.conv(
        units, kernel[:, :, None, None].astype("float32"), strides=stride
    )
    return keras.ops.transpose(keras.ops.reshape(out, (len(units), -1)))

# %% wrong (0 of 2): not written
# check_convolution_matrix: is not written yet
# check_convolution_matrix_strides: is not written yet
def convolution_matrix(kernel, height, width, stride):
    raise NotImplementedError

# %% wrong (0 of 2): the kernel is turned around
# check_convolution_matrix: turned around here
# check_convolution_matrix_strides: turned around here
def convolution_matrix(kernel, height, width, stride):
    rows, columns = kernel.shape
    found = []
    for top in range(0, height - rows + 1, stride):
        for left in range(0, width - columns + 1, stride):
            image = np.zeros((height, width))
            image[top : top + rows, left : left + columns] = kernel[::-1, ::-1]
            found.append(image.ravel())
    return np.array(found)

# %% wrong (0 of 2): the transpose
# check_convolution_matrix: This is the transpose
# check_convolution_matrix_strides: This is the transpose
def convolution_matrix(kernel, height, width, stride):
    rows, columns = kernel.shape
    found = []
    for top in range(0, height - rows + 1, stride):
        for left in range(0, width - columns + 1, stride):
            image = np.zeros((height, width))
            image[top : top + rows, left : left + columns] = kernel
            found.append(image.ravel())
    return np.array(found).T

# %% wrong (1 of 2): no stride
# check_convolution_matrix_strides: an array of shape
def convolution_matrix(kernel, height, width, stride):
    rows, columns = kernel.shape
    found = []
    for top in range(height - rows + 1):
        for left in range(width - columns + 1):
            image = np.zeros((height, width))
            image[top : top + rows, left : left + columns] = kernel
            found.append(image.ravel())
    return np.array(found)

# %% wrong (1 of 2): the stride counts the places, but does not move the kernel
# check_convolution_matrix_strides: top left corner at
def convolution_matrix(kernel, height, width, stride):
    rows, columns = kernel.shape
    down = (height - rows) // stride + 1
    across = (width - columns) // stride + 1
    matrix = np.zeros((down, across, height, width))
    for i in range(down):
        for j in range(across):
            matrix[i, j, i : i + rows, j : j + columns] = kernel
    return matrix.reshape(down * across, -1)

# %% wrong (0 of 2): runs over the edge
# check_convolution_matrix: may not run over the image's edge
# check_convolution_matrix_strides: off by
def convolution_matrix(kernel, height, width, stride):
    rows, columns = kernel.shape
    places = ((height - rows) // stride + 1) * ((width - columns) // stride + 1)
    first = np.zeros((height, width))
    first[:rows, :columns] = kernel
    return np.array([np.roll(first.ravel(), stride * i) for i in range(places)])

# %% wrong (0 of 2): with padding, as many places as pixels
# check_convolution_matrix: There is no padding
# check_convolution_matrix_strides: There is no padding
def convolution_matrix(kernel, height, width, stride):
    rows, columns = kernel.shape
    found = []
    for top in range(height):
        for left in range(width):
            image = np.zeros((height + rows, width + columns))
            image[top : top + rows, left : left + columns] = kernel
            found.append(image[:height, :width].ravel())
    return np.array(found)

# %% wrong (0 of 2): pixels numbered column by column
# check_convolution_matrix: numbered row by row
# check_convolution_matrix_strides: numbered row by row
def convolution_matrix(kernel, height, width, stride):
    rows, columns = kernel.shape
    found = []
    for top in range(0, height - rows + 1, stride):
        for left in range(0, width - columns + 1, stride):
            image = np.zeros((height, width))
            image[top : top + rows, left : left + columns] = kernel
            found.append(image.ravel(order="F"))
    return np.array(found)

# %% wrong (0 of 2): square kernels only
# check_convolution_matrix: stopped with ValueError
# check_convolution_matrix_strides: stopped with ValueError
def convolution_matrix(kernel, height, width, stride):
    k = kernel.shape[0]
    found = []
    for top in range(0, height - k + 1, stride):
        for left in range(0, width - k + 1, stride):
            image = np.zeros((height, width))
            image[top : top + k, left : left + k] = kernel
            found.append(image.ravel())
    return np.array(found)

# %% wrong (1 of 2): the stride across only
# check_convolution_matrix_strides: moves down by the stride, too
def convolution_matrix(kernel, height, width, stride):
    (rows, columns), places = kernel.shape, []
    for i in range(height - rows + 1):
        for j in range(0, width - columns + 1, stride):
            place = np.zeros((height, width))
            place[i : i + rows, j : j + columns] = kernel
            places.append(place.ravel())
    return np.array(places)
