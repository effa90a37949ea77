"""How users are made and memberships found."""

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone


class UserManager(BaseUserManager):
    """Users by e-mail. There is no way to make a superuser: nobody is one."""

    def create_user(self, email, password=None, **fields):
        """Make and save a user; without a password they can't sign in until they set one."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email):
        """The user of this address, however it was capitalised."""
        return self.get(email=email.lower())


class MembershipQuerySet(models.QuerySet):
    """Which memberships count."""

    def open(self):
        """Memberships that hold today, of users who may sign in."""
        today = timezone.localdate()
        return self.filter(
            Q(ended_on=None) | Q(ended_on__gt=today),
            started_on__lte=today,
            user__is_active=True,
        )

    def coordinators(self, area):
        """The open memberships that coordinate this area's follow-ups."""
        return self.open().filter(role=self.model.Role.COORDINATOR, agency__area=area)
