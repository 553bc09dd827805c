"""What a student's model may be made of when it crosses the wire.

Left out on purpose: layers that hold code (``Lambda``), read files or keep texts
(``TextVectorization``, ``StringLookup`` and their kin), wrap other layers or load
models.
"""

import importlib
from functools import lru_cache
from typing import Any

__all__ = ["ACTIVATIONS", "DTYPES", "LAYERS", "REGULARIZERS", "operations"]

LAYERS = frozenset(
    [
        "Activation",
        "ActivityRegularization",
        "Add",
        "AlphaDropout",
        "Average",
        "AveragePooling1D",
        "AveragePooling2D",
        "BatchNormalization",
        "Concatenate",
        "Conv1D",
        "Conv1DTranspose",
        "Conv2D",
        "Conv2DTranspose",
        "Cropping1D",
        "Cropping2D",
        "Dense",
        "DepthwiseConv2D",
        "Dot",
        "Dropout",
        "ELU",
        "Embedding",
        "Flatten",
        "GaussianDropout",
        "GaussianNoise",
        "GlobalAveragePooling1D",
        "GlobalAveragePooling2D",
        "GlobalMaxPooling1D",
        "GlobalMaxPooling2D",
        "GroupNormalization",
        "InputLayer",
        "LayerNormalization",
        "LeakyReLU",
        "MaxPooling1D",
        "MaxPooling2D",
        "Maximum",
        "Minimum",
        "Multiply",
        "PReLU",
        "Permute",
        "RMSNormalization",
        "ReLU",
        "RepeatVector",
        "Rescaling",
        "Reshape",
        "SeparableConv1D",
        "SeparableConv2D",
        "Softmax",
        "SpatialDropout1D",
        "SpatialDropout2D",
        "Subtract",
        "UnitNormalization",
        "UpSampling1D",
        "UpSampling2D",
        "ZeroPadding1D",
        "ZeroPadding2D",
    ]
)

OPERATIONS = {
    "numpy": """
        Absolute Add All Any Concatenate Cos Divide Dot Einsum Equal Exp ExpandDims
        Expm1 Flip GetItem Greater GreaterEqual Less LessEqual Log Log10 Log1p Log2
        Logaddexp LogicalAnd LogicalNot LogicalOr Matmul Max Maximum Mean Min Minimum
        Moveaxis Multiply Negative NotEqual Power Prod Ravel Reciprocal Reshape Round
        Sign Sin Split Sqrt Square Squeeze Stack Std Subtract Sum Swapaxes Tanh
        Tensordot Transpose TrueDivide Var Where Clip
    """,
    "nn": """
        Elu Gelu HardSigmoid LeakyRelu LogSigmoid LogSoftmax Normalize Relu Relu6 Selu
        Sigmoid Silu Softmax Softplus Softsign
    """,
    "math": "Logsumexp Norm Rsqrt Erf",
    "linalg": "Norm",
    "core": "Cast StopGradient",
}
"""Classes that Keras makes of the functions of ``keras.ops`` in a model."""

ACTIVATIONS = frozenset(
    [
        "celu",
        "elu",
        "exponential",
        "gelu",
        "glu",
        "hard_shrink",
        "hard_sigmoid",
        "hard_silu",
        "hard_swish",
        "hard_tanh",
        "leaky_relu",
        "linear",
        "log_sigmoid",
        "log_softmax",
        "mish",
        "relu",
        "relu6",
        "selu",
        "sigmoid",
        "silu",
        "soft_shrink",
        "softmax",
        "softplus",
        "softsign",
        "sparse_plus",
        "sparsemax",
        "squareplus",
        "swish",
        "tanh",
        "tanh_shrink",
        "threshold",
    ]
)

REGULARIZERS = frozenset({"L1", "L2", "L1L2", "OrthogonalRegularizer"})

DTYPES = frozenset(
    {"float16", "float32", "float64", "int32", "int64", "uint8", "bool"}
    | {"mixed_float16", "bfloat16", "mixed_bfloat16"}
)


@lru_cache(maxsize=1)
def operations() -> dict[str, str]:
    """Return the module by the name of each known operation's class."""
    found = {}
    for part, names in OPERATIONS.items():
        module = importlib.import_module(f"keras.src.ops.{part}")
        for name in names.split():
            if hasattr(module, name):
                found[name] = module.__name__
    return found


@lru_cache(maxsize=1)
def course_layers() -> dict[str, Any]:
    """Return the layers that the course gives to students, by name."""
    from cs5045ae import layers
    from cs5045ae.backend import keras

    made = {name: getattr(layers, name) for name in layers.__all__}
    return {
        name: layer
        for name, layer in made.items()
        if isinstance(layer, type) and issubclass(layer, keras.layers.Layer)
    }
