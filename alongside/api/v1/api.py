from ninja import NinjaAPI

from alongside.api.v1.routes import matching, programmes

# The documentation pages of the library load scripts from elsewhere; the description at openapi.json needs none.
api = NinjaAPI(title="Alongside", version="1", docs_url=None, urls_namespace="api-1")
api.add_router("", programmes.router)
api.add_router("", matching.router)
