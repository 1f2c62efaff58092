"""The checks behind `jalon check`: one module per kind of data, one form of finding."""
