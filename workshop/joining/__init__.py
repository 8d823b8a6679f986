"""Coming into a workshop's room with its code: the short form, the waiting room, the way in."""
