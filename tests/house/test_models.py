"""The earlier step cannot look forward to the later one."""

import tomllib

import pytest
from django.apps import apps
from django.core.management import call_command
from guardian.models.models import BaseObjectPermission

from tests.house.source import ROOT

# Of guardian's own making; each step that keeps such rows inherits them.
GUARDIANS_KEYS = {"user", "group", "permission"}


def floors() -> list[str]:
    """Every step, top floor first, as the import contracts have it: one list for imports and keys."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    steps = {c["containers"][0]: c["layers"] for c in contracts if c["name"].startswith("Steps of")}
    return [
        f"{package}.{step}"
        for package in ("flags", "pilots", "coordination")
        for layer in steps[package]
        for step in layer.split(" | ")  # side by side on one floor
    ]


def step_of(model) -> str:
    return ".".join(model.__module__.split(".")[:2])


def test_keys_to_earlier_steps_have_no_way_back():
    order = floors()
    ours = [model for app in ("coordination", "flags", "pilots") for model in apps.get_app_config(app).get_models()]
    found = []
    for model in ours:
        for field in model._meta.local_fields + model._meta.local_many_to_many:
            target = field.related_model if field.is_relation else None
            if not isinstance(target, type) or step_of(target) not in order or step_of(target) == step_of(model):
                continue
            if issubclass(model, BaseObjectPermission) and field.name in GUARDIANS_KEYS:
                continue
            if not field.remote_field.hidden:
                found.append(f"{model._meta.label}.{field.name}")
    assert found == []


def test_every_model_stands_in_a_step():
    ours = [model for app in ("coordination", "flags", "pilots") for model in apps.get_app_config(app).get_models()]
    # A step's tables of many-to-many relations stand where Django makes them.
    assert {
        model._meta.label for model in ours if not model._meta.auto_created and step_of(model) not in floors()
    } == set()


@pytest.mark.django_db
def test_migrations_are_made():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
