"""What an error says: the argument, what it must be, what came, and the remedy."""

import re

import pytest


def told(error, message, function, *args, **kwargs):
    """Require that the call fails with exactly this message, and that it is a whole one."""
    name = re.match(r"\S+", message)[0]
    assert re.fullmatch(rf"{re.escape(name)} .*must .+, got .+; .+", message, re.DOTALL), message
    with pytest.raises(error) as caught:
        function(*args, **kwargs)
    assert str(caught.value) == message
