"""What a notebook shows: a page shut into a frame of its own, and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["framed", "printed", "table_html"]

_MOST = 200  # rows shown inline


def framed(page: str, title: str, *, height: int = 720) -> str:
    """A whole page for a notebook's output: in a frame without access to the notebook.

    Args:
        page: an HTML document.
        title: name of the frame for those who have it read aloud.
        height: in CSS pixels.
    """
    safe = page.encode("utf-8", "replace").decode("utf-8")
    return (
        f'<iframe title="{escape(title)}" sandbox="allow-scripts allow-downloads allow-popups" '
        f'style="width:100%;height:{height}px;border:1px solid #ccc" '
        f'srcdoc="{escape(safe)}"></iframe>'
    )


def table_html(
    columns: Mapping[str, str],
    rows: Iterable[Mapping[str, object]],
    *,
    caption: str = "",
    notes: Sequence[str] = (),
) -> str:
    """A plain table for a notebook's output; every text is escaped.

    Args:
        columns: key → heading.
        rows: one mapping for each row; None is shown empty, floats with two digits.
        caption: above the table.
        notes: sentences below it.
    """
    every = list(rows)
    head = "".join(
        f'<th scope="col" style="text-align:left">{_text(h)}</th>' for h in columns.values()
    )
    body = "".join(
        "<tr>" + "".join(_cell(row.get(key)) for key in columns) + "</tr>" for row in every[:_MOST]
    )
    said = [*notes]
    if len(every) > _MOST:
        said.append(f"The first {_MOST} of {len(every):,} rows.")
    title = f"<caption>{_text(caption)}</caption>" if caption else ""
    below = "".join(f"<p>{_text(note)}</p>" for note in said)
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{below}"


def _cell(value: object) -> str:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    align = ' style="text-align:right"' if number else ' style="text-align:left"'
    return f"<td{align}>{_text(printed(value))}</td>"


def printed(value: object) -> str:
    """A value of a table for people: floats with two digits, lists with commas, None empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, list | tuple):
        return ", ".join(printed(one) for one in value)
    return str(value)


def _text(text: str) -> str:
    """Escaped, its direction kept to itself; what UTF-8 cannot hold is replaced."""
    return f"<bdi>{escape(text.encode('utf-8', 'replace').decode('utf-8'))}</bdi>"
