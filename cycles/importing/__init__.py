"""What imports of reference data share: sheets, cleaning, differences, progress and problems.

What standards or a library mean by their columns is not known here.
"""
