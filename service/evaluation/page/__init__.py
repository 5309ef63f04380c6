"""The report as one HTML page that needs no other file and no other host."""

from service.evaluation.page.render import page_html, write_page

__all__ = ["page_html", "write_page"]
