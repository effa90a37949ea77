"""SMTP that remembers how far a message got: before the server asked for its text, nothing can have left."""

import smtplib

from django.core.mail.backends.smtp import EmailBackend


class _Remembers:
    """`data_begun` tells whether the text of the last message was on its way when the connection broke."""

    data_begun = False

    def mail(self, *args, **kwargs):
        self.data_begun = False
        return super().mail(*args, **kwargs)

    def data(self, msg):
        self.data_begun = True
        return super().data(msg)


class _Plain(_Remembers, smtplib.SMTP):
    pass


class _Encrypted(_Remembers, smtplib.SMTP_SSL):
    pass


class Backend(EmailBackend):
    """Django's own, over a connection that remembers."""

    @property
    def connection_class(self):
        return _Encrypted if self.use_ssl else _Plain
