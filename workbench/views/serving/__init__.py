"""The planners' app over HTTP: a notebook as a page, to those who hold its token, with nothing from elsewhere."""

from workbench.views.serving.service import Service, check_address, check_token, new_token
from workbench.views.serving.visit import as_served

__all__ = ["Service", "as_served", "check_address", "check_token", "new_token"]
