"""Addresses of the administration, and what a browser would post from its pages."""

from django.urls import reverse


def change(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def changelist(model):
    return reverse(f"admin:{model}_changelist")


def posted(page, **changes):
    """What a browser would post from this page of the administration, with these fields changed."""
    form, data = page.context["adminform"].form, {}
    formsets = [one.formset for one in page.context["inline_admin_formsets"]]
    for one in [form, *[formset.management_form for formset in formsets], *[f for s in formsets for f in s.forms]]:
        for bound in one:
            value = bound.value()
            if value is None or value is False:
                continue
            data[bound.html_name] = [getattr(v, "pk", v) for v in value] if isinstance(value, list) else value
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in data.items()} | changes
