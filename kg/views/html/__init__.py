"""``kg export html``: the atlas as one self-contained page."""

from kg.views.html.page import html_page, write_html

__all__ = ["html_page", "write_html"]
