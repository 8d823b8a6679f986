"""The addresses under one workshop. Only addresses."""

WORKSHOP = "/workshops/<uuid:workshop_id>"
BOARD = f"{WORKSHOP}/board"
STEP = f"{BOARD}/steps/<uuid:step_id>"
PROJECTOR = f"{WORKSHOP}/projector"
OVER = 286  # the page shows this answer once more and stops asking
