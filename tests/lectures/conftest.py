"""What a lecture computed, for the tests of the numbers that it tells."""

import pytest

from cs5045ae.course.execute import executed


@pytest.fixture(scope="module")
def told(request):
    """The variables of the module's ``LECTURE``, run on the embedded digits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("CS5045AE_SIZE", raising=False)
        yield executed(request.module.LECTURE).metadata["cs5045ae"]["variables"]
