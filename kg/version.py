"""The version of the program, as it goes into stores, answers and reports."""

__all__ = ["VERSION"]

VERSION = "0.1.0"
