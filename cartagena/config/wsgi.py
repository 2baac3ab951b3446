"""What the web server calls for every request."""

import os

from django.core.wsgi import get_wsgi_application

from cartagena.config.parent_process import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cartagena.config.settings")
end_with_parent()

application = get_wsgi_application()

from cartagena.apps.portal.api import warm_up_in_background  # noqa: E402 - needs the apps

warm_up_in_background()

from cartagena.apps.search.api import follow_in_background  # noqa: E402 - needs the apps

follow_in_background()

from cartagena.apps.exchange.api import follow_behind  # noqa: E402 - needs the apps

follow_behind()
