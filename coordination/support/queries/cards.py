"""What stands on the young person's card."""

from coordination.agencies.rules import shown_adult


def card_of(support):
    """Who the adult is, their telephone, and where to ring to change one's mind.

    The young person themselves reads it, so the adult shows as to themselves; but a card that says an area's number
    would tell where somebody under non-disclosure lives, to whoever finds it.
    """
    person = support.young_person
    adult = shown_adult(support.adult, support.adult, about=person, coordinates=True)
    return {
        "name": adult.name,
        "phone": adult.phone,
        "other_phone": "" if person.non_disclosure else support.area.coordinator_phone,
    }
