"""Loading the built-in model, or any installed spaCy pipeline, lazily and with clear errors."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import REINSTALL, ModelError

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["BUILT_IN", "ModelInfo", "load_pipeline", "model_info"]

BUILT_IN = Path(__file__).resolve().parent / "model"
"""Folder of the model that ships with the package; training/README.md says how it was made."""

_ABOUT = frozenset({"LICENSE", "MODEL_CARD.md"})
"""Files that describe the model and do not change what it does."""

_UNUSED = ("entity_linker", "entity_ruler", "senter", "span_ruler", "spancat", "textcat")
"""Components of other pipelines that nothing here reads."""

_HINT_MODEL = "leave out the model to use the built-in one, or install it: python -m pip install {}"


@dataclass(frozen=True)
class ModelInfo:
    """What identifies a language model, to be recorded with everything it has read.

    Attributes:
        name: name from the model's own metadata, with its language: "en_kg_news_sm".
        version: version from the same place.
        sha256: digest over names and contents of all files that shape the model's output.
    """

    name: str
    version: str
    sha256: str


@functools.lru_cache(maxsize=4)
def load_pipeline(model: str | None = None, disable: tuple[str, ...] = ()) -> Language:
    """Load a language pipeline; the same arguments give the same shared object.

    The built-in model is stored with half-precision weights and computes in single
    precision. Its output depends on the text alone, not on the batch size.

    Args:
        model: name of an installed spaCy pipeline or path of a model folder;
            None for the built-in model.
        disable: components to leave out, such as ("ner",), to save time.

    Returns:
        The pipeline. Sentence starts that are already set on a `Doc` are respected.

    Raises:
        ModelError: spaCy or the model is missing or cannot be loaded.
    """
    folder = _folder(model)
    try:
        import spacy  # noqa: PLC0415 - takes a second, so only those who parse pay for it
    except ImportError as error:
        raise ModelError(
            "spaCy, which reads English text, is not installed",
            hint="python -m pip install 'spacy>=3.8,<3.9'",
        ) from error
    try:
        nlp = spacy.load(folder, exclude=[*_UNUSED, *disable])
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"the language model in {folder} cannot be loaded: {error}",
            hint=REINSTALL if model is None else _HINT_MODEL.format(model),
        ) from error
    _widen(nlp)
    return nlp


@functools.lru_cache(maxsize=4)
def model_info(model: str | None = None) -> ModelInfo:
    """Name, version and digest of a model, read from its files without loading spaCy.

    Args:
        model: as for `load_pipeline`.

    Raises:
        ModelError: there is no such model.
    """
    folder = _folder(model)
    meta = json.loads((folder / "meta.json").read_text("utf8"))
    digest = hashlib.sha256()
    files = (path for path in folder.rglob("*") if path.is_file())
    for path in sorted(files, key=lambda path: path.relative_to(folder).as_posix()):
        relative = path.relative_to(folder).as_posix()
        if relative in _ABOUT or "__pycache__" in path.parts:
            continue
        content = path.read_bytes()
        digest.update(f"{relative}\0{len(content)}\0".encode())
        digest.update(content)
    return ModelInfo(f"{meta['lang']}_{meta['name']}", meta["version"], digest.hexdigest())


def _folder(model: str | None) -> Path:
    """Find the folder with a model's meta.json."""
    if model is None:
        if not (BUILT_IN / "meta.json").is_file():
            raise ModelError("the built-in language model is missing", hint=REINSTALL)
        return BUILT_IN
    given = Path(model)
    if (given / "meta.json").is_file():
        return given.resolve()
    found = _installed(model)
    if found is None:
        raise ModelError(
            f"there is no spaCy pipeline named {model!r}", hint=_HINT_MODEL.format(model)
        )
    return found


def _installed(name: str) -> Path | None:
    """Find the data folder of an installed pipeline package without importing it."""
    if not name.isidentifier():
        return None
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.origin:
        return None
    package = Path(spec.origin).parent
    folders = sorted(path.parent for path in package.glob("*/config.cfg"))
    return folders[-1] if folders else None


def _widen(nlp: Language) -> None:
    """Turn half-precision weights into the single precision that thinc computes in."""
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for layer in model.walk() if model is not None else ():
            for name in layer.param_names:
                if layer.has_param(name) and layer.get_param(name).dtype == "float16":
                    layer.set_param(name, layer.get_param(name).astype("float32"))
