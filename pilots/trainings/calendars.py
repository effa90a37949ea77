"""Somebody's own times of a training, as entries for their calendar."""

from uuid import uuid5

from coordination.interface.calendars import Entry, as_ical
from pilots.trainings.states import SignUpState


def calendar_file(sign_up, occasions, *, url):
    """All occasions for whoever signed up, as iCalendar text; what was called off, or everything of somebody without a
    place, leaves the calendar. The `url` of their page has the address of a video meeting."""
    training = sign_up.training
    return as_ical(
        *(
            Entry(
                # Of this person and this occasion alone, so that two calendars can't be compared.
                uid=str(uuid5(sign_up.public_id, str(occasion.public_id))),
                # What has been cancelled comes after all that was said before it.
                sequence=occasion.sequence + (sign_up.state != SignUpState.IN),
                starts_at=occasion.starts_at,
                ends_at=occasion.ends_at,
                summary=training.title,
                place=occasion.place or training.place,
                url=url,
                is_cancelled=occasion.called_off_at is not None or sign_up.state != SignUpState.IN,
            )
            for occasion in occasions
        )
    )
