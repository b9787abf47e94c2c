"""The package's version: written here and nowhere else, read by the build, by results and by the command line."""

VERSION = "0.2.0"
