"""Write the atlas: one HTML file that needs nothing else and asks nobody anything.

pyvis supplies the network and its vis-network library, our own template the rest. What keeps the
page safe with hostile text: data travel as JSON in a data block in which ``<``, ``>`` and ``&``
are escaped, the scripts build every element with ``textContent``, and the content security policy
lets nothing run but the two scripts whose hashes it names, and nothing connect at all.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from jinja2 import ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup

from kg.errors import SourceError
from kg.views.html.packing import columns
from kg.views.html.payload import Payload, display_label, payload

if TYPE_CHECKING:
    from kg.views.model import AtlasView

__all__ = ["html_page", "json_block", "style_hash", "write_html"]

_STYLES = ("base.css", "controls.css", "views.css", "print.css")
_SCRIPTS = (
    "dom.js",
    "data.js",
    "state.js",
    "filter.js",
    "chart.js",
    "matrix.js",
    "timeline.js",
    "vis.js",
    "canvas.js",
    "network.js",
    "table.js",
    "lists.js",
    "panel.js",
    "search.js",
    "controls.js",
    "picture.js",
    "save.js",
    "main.js",
)
_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "hideEdgesOnDrag": False,
        "hideEdgesOnZoom": True,
        "tooltipDelay": 1_000_000,
        "multiselect": False,
    },
    "edges": {"smooth": False},
}


def write_html(view: AtlasView, out: Path | TextIO) -> None:
    """Write ``view`` as one self-contained page, to a path (UTF-8) or an open text stream.

    Raises:
        SourceError: the file cannot be written.
    """
    page = html_page(view)
    if not isinstance(out, Path):
        out.write(page)
        return
    try:
        out.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise SourceError(
            f"cannot write {out}: {error.strerror or error}", "choose another file or folder"
        ) from error


def html_page(view: AtlasView, start: str = "") -> str:
    """The whole page as text; equal views give equal pages, byte for byte.

    Args:
        view: what to show.
        start: what the page opens on, written as in its address: "pair=us,eu&since=2025-01".
    """
    packed = payload(view, start)
    network = _network(packed)
    style, library, script = _joined(_STYLES), _vis_network(), _joined(_SCRIPTS)
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("kg.views.html", "assets"), network.templateEnv.loader]),
        autoescape=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        title=display_label(view.title, 200),
        data=packed.data,
        json_block=json_block,
        columns=columns,
        style=Markup(style),  # noqa: S704  # our own file, no data
        library=Markup(library),  # noqa: S704  # pyvis's bundled vis-network, no data
        script=Markup(script),  # noqa: S704  # our own files, no data
        policy=_policy(style, (library, script)),
    )
    network.templateEnv = environment
    network.path = "atlas.html"
    return str(network.generate_html("atlas.html"))


def json_block(value: object) -> Markup:
    r"""JSON that may stand inside a script element: no markup, no line separators, no surrogates.

    >>> str(json_block({"a": "</script>&"}))
    '{"a":"\\u003c/script\\u003e\\u0026"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    unsafe = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029\x7f"}
    text = text.translate(unsafe).encode("utf-8", "backslashreplace").decode("utf-8")
    return Markup(text)  # noqa: S704  # every character with a meaning in HTML is escaped above


def _network(packed: Payload) -> Any:
    """A pyvis network with our lists in place of its quadratic ``add_edge``."""
    from pyvis.network import Network  # noqa: PLC0415  # half a second of imports

    network = Network(cdn_resources="in_line")
    network.nodes = packed.nodes
    network.edges = packed.edges
    network.options = _OPTIONS
    return network


@cache
def _joined(names: tuple[str, ...]) -> str:
    folder = files("kg.views.html") / "assets"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)


@cache
def _vis_network() -> str:
    """vis-network as pyvis ships it, without the pointer to a source map."""
    import pyvis  # noqa: PLC0415  # half a second of imports

    library = Path(pyvis.__file__).parent / "templates/lib/vis-9.1.2/vis-network.min.js"
    text = library.read_text(encoding="utf-8").replace("\r\n", "\n")
    return text.replace("//# sourceMappingURL=vis-network.min.js.map", "")


def style_hash(text: str) -> str:
    """A style sheet or script as a source expression of a content security policy."""
    packed = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(packed).decode()}'"


def _policy(style: str, scripts: tuple[str, ...]) -> str:
    """A content security policy that names exactly what may run."""
    allowed = " ".join(style_hash(text) for text in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {style_hash(style)}; "
        "img-src data: blob:; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )
