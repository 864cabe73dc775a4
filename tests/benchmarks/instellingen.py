"""The settings of `make run`, with what the benchmarks compare with under a path of its own."""

from config.settings.local import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.paden"
