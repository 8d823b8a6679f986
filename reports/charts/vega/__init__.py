"""Charts as Vega-Lite specifications: typed rows in, plain JSON out; one for page, SVG and PNG.

A builder lays out what it is given: it counts nothing, queries nothing and fetches nothing.
"""
