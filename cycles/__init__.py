"""The things people discuss, and the people: cycles, statements, standards, profiles, accounts.

Things people discuss, and the people, live in ``cycles``. What people said about them lives in
``workshop``. What we conclude lives in ``reports``. The arithmetic lives in ``consensus``.
Nothing here knows how anyone voted or what was concluded from it.
"""
