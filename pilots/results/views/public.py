"""What pilots learned, without signing in: nothing here is about anybody, and no cookie is needed."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.utils import translation

from coordination.interface.open_pages import open_page, open_to_all
from coordination.interface.pages import page_number
from pilots.results.queries.published import practice_or_404, practices


@login_not_required
def start(request):
    """On to the reader's own language."""
    return redirect("practice:list", translation.get_language()[:2])


@open_to_all
def listed(request):
    """All that was published, the latest first."""
    page = page_number(request)
    rows, has_more = practices(page=page)
    context = {
        "rows": rows,
        "older_url": f"?page={page + 1}" if has_more else "",
        "newer_url": f"?page={page - 1}" if page > 1 else "",
    }
    query = f"?page={page}" if page > 1 else ""
    return open_page(request, "pilots/results/public/list.html", "practice:list", {}, query=query, **context)


@open_to_all
def practice(request, public_id):
    """One evaluation with what its pilot says of itself."""
    keys = {"public_id": public_id}
    found = practice_or_404(public_id)
    return open_page(request, "pilots/results/public/practice.html", "practice:practice", keys, practice=found)
