"""The facilitator's board, the projector, the steps of a workshop, and calling everyone together.

Who has answered, where the group disagrees, what to do next. Every number of a group comes from
``workshop.rooms`` or ``workshop.ballot.live`` and has been through ``disclosure``. How one person
answered never comes here.
"""
