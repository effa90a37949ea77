"""What this installation is, and where it keeps what is its own. The other parts of the settings begin with it."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config.settings import env

ROOT = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.text("DATA_DIR", str(ROOT / "data"))).resolve()
DATABASE_URL = env.text("DATABASE_URL")
DEMO_MODE = not DATABASE_URL
if env.flag("DEMO_MODE") and not DEMO_MODE:
    raise ImproperlyConfigured("DEMO_MODE runs on its own embedded database only: unset DATABASE_URL or DEMO_MODE.")
