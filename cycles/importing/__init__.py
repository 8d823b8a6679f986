"""What imports of reference data share: sheets, cleaning, differences, the browser's pages.

What standards or a library mean by their columns is not known here.
"""
