"""The arithmetic of agreement: numpy arrays in, frozen dataclasses out.

Things people discuss, and the people, live in `cycles`. What people said about them lives in
`workshop`. What we conclude lives in `reports`. The arithmetic lives here: distributions,
verdicts, agreement, stability, stopping. Nothing of the web or the database ever will.
"""
