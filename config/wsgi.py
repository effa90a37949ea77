"""What the web server loads."""

import os
from threading import Thread

from django.core.wsgi import get_wsgi_application

from coordination.services import lemmas

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")

application = get_wsgi_application()
# Beside the first pages: whoever searches the directory first would wait for them.
Thread(target=lemmas.read_dictionaries, daemon=True).start()
