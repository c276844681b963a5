"""Documents that are ZIP archives of XML (docx, odt, epub): opened in memory, with limits.

Nothing is ever written to disk, so paths inside an archive cannot lead anywhere. XML is parsed
without entities, DTDs and network.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from kg.errors import UnreadableError

if TYPE_CHECKING:
    from lxml.etree import _Element

    from kg.sources import RawItem

__all__ = ["Archive", "local_name"]

MAX_UNPACKED = 200 * 1024 * 1024
"""Largest archive that is read, unpacked, in bytes."""


class Archive:
    """A ZIP archive in memory.

    Args:
        item: the file.

    Raises:
        UnreadableError: it is no archive, or is larger than ``MAX_UNPACKED`` when unpacked.
    """

    def __init__(self, item: RawItem) -> None:
        self.name = item.name
        try:
            self._zip = zipfile.ZipFile(BytesIO(item.data))
            size = sum(info.file_size for info in self._zip.infolist())
        except Exception as error:  # zipfile raises a dozen kinds on damaged archives
            raise UnreadableError(f"{self.name} is damaged: {error}", "save it anew") from error
        if size > MAX_UNPACKED:
            limit = MAX_UNPACKED // 1024 // 1024
            raise UnreadableError(f"{self.name} unpacks to more than {limit} MB")

    def __contains__(self, member: str) -> bool:
        return member in self._zip.NameToInfo

    def read(self, member: str) -> bytes:
        """The content of a member.

        Raises:
            UnreadableError: it is missing, damaged or encrypted.
        """
        try:
            return self._zip.read(member)
        except KeyError as error:
            raise UnreadableError(f"{self.name} is not complete: no {member} in it") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise UnreadableError(f"{self.name} is damaged: {member}", "save it anew") from error
        except (RuntimeError, NotImplementedError) as error:
            hint = "save it without a password"
            raise UnreadableError(f"{self.name} cannot be unpacked: {error}", hint) from error

    def xml(self, member: str) -> _Element:
        """The root element of an XML member.

        Raises:
            UnreadableError: as for ``read``, or it is no well-formed XML.
        """
        from lxml import etree  # noqa: PLC0415 - only archives and pages need it

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            return etree.fromstring(self.read(member), parser)
        except (etree.LxmlError, ValueError) as error:
            raise UnreadableError(f"{self.name} is damaged: {member} is no XML") from error


def local_name(element: _Element) -> str:
    """The tag without its namespace; "" for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
