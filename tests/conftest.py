"""For all tests: properties are tried on the same examples every time, so that a change that passed here passes elsewhere."""

from hypothesis import settings

settings.register_profile("same examples", derandomize=True, deadline=None)
settings.load_profile("same examples")
