"""Pages of somebody signed in are kept by no browser or proxy: a shared computer must not show them again."""


class NoStoreMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        # Static files are answered before this and stay cacheable.
        if request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
        return response
