"""Values of an entry side by side, in words."""

from coordination.services.forms.values import FACTS


def in_words(form, values):
    """(label, words) of each of these values that the form has a field for, in the order of the form."""
    return [
        {"label": form.fields[name].label, "words": form.in_words(name, values[name])}
        for name in FACTS
        if name in values and name in form.fields
    ]


def side_by_side(form, now, proposed):
    """What is proposed beside what there is now, in words; without what is alike."""
    return [
        {
            "label": form.fields[name].label,
            "now": form.in_words(name, now.get(name)),
            "proposed": form.in_words(name, proposed[name]),
        }
        for name in FACTS
        if name in proposed and name in form.fields and proposed[name] != now.get(name)
    ]
