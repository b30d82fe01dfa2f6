"""The version of the program: what it writes into files, and what a wheel is built as."""

__version__ = "0.1.0"
