"""What the panel answered when it ratified, as the ratified versions keep it. Reads only.

Answers of people who have left the panel since count here: the version was ratified with them.
"""

from cycles.profiles.models import Profile, ProfileStatus, ProfileVersion
from workshop.ratification.queries import Answers
from workshop.ratification.wording import outcome_words


def outcome_of(profile: Profile, version: ProfileVersion | None, given: Answers) -> str:
    """Return what came of a profile that is not proposed any more; ``given`` are today's answers.

    A profile ratified before versions were kept has only those.
    """
    counts = len(given.approvals), len(given.objections)
    if version is not None and profile.status == ProfileStatus.RATIFIED:
        counts = int(version.content["approvals"]), len(version.content["objections"])
    return outcome_words(profile.status, *counts)
