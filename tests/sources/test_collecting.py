"""What ``collect`` picks up, in which order, and what it says about the rest."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kg.errors import SourceError, UnreadableError
from kg.sources import RawItem, SourceProblem, collect


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"This is {name}.\n", encoding="utf-8")


def sources(folder: Path, *inputs: str, **options) -> list[str]:
    """The sources of everything collected; a problem fails the test."""
    found = list(collect([str(folder / given) for given in inputs], base=folder, **options))
    assert not [problem.error for problem in found if isinstance(problem, SourceProblem)]
    return [item.source for item in found if isinstance(item, RawItem)]


def problem(folder: Path, *inputs: str, **options) -> SourceError:
    """The only problem met, and nothing was read."""
    (found,) = collect([str(folder / given) for given in inputs], base=folder, **options)
    assert isinstance(found, SourceProblem)
    assert "\n" not in found.error.message
    return found.error


def test_a_file_keeps_its_bytes_name_and_kind(tmp_path):
    (tmp_path / "Page.HTML").write_bytes(b"<p>\xff</p>")
    (item,) = collect([str(tmp_path / "Page.HTML")], base=tmp_path)
    assert isinstance(item, RawItem)
    assert (item.data, item.source) == (b"<p>\xff</p>", "Page.HTML")
    assert (item.suffix, item.media_type) == (".html", "text/html")
    assert item.name.endswith("Page.HTML")


def test_folders_are_read_recursively_sorted_and_without_the_hidden(tmp_path):
    write(
        tmp_path, "b.txt", "a/z.md", "a/b/c.html", "B.TXT", ".hidden.txt", ".git/x.txt", "pic.png"
    )
    write(tmp_path, "atlantic.kg/inside.txt", "~$lock.txt")
    assert sources(tmp_path, ".") == ["B.TXT", "a/b/c.html", "a/z.md", "b.txt"]


def test_a_readme_describes_its_folder_and_is_read_only_when_named(tmp_path):
    write(tmp_path, "README.md", "a.txt", "b/readme.txt")
    assert sources(tmp_path, ".") == ["a.txt"]
    assert sources(tmp_path, "README.md") == ["README.md"]


def test_inputs_keep_their_order_and_nothing_is_read_twice(tmp_path):
    write(tmp_path, "b.txt", "a.txt", "more/c.md")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    given = ("b.txt", "a.txt", "link.txt", ".", "more/../b.txt", "*.txt")
    assert sources(tmp_path, *given) == ["b.txt", "a.txt", "more/c.md"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.md", ["a.md", "b.md"]),
        ("?.md", ["a.md", "b.md"]),
        ("[b-z].*", ["b.md", "c.txt"]),
        ("x*", ["x/d.md", "x/y/e.md", "x/y/f.txt"]),
        ("**/*.md", ["a.md", "b.md", "x/d.md", "x/y/e.md"]),
        ("x/**/*.md", ["x/d.md", "x/y/e.md"]),
        ("**/y/*.txt", ["x/y/f.txt"]),
    ],
)
def test_patterns_that_the_shell_left_alone(tmp_path, pattern, expected):
    write(tmp_path, "b.md", "a.md", "c.txt", "x/d.md", "x/y/e.md", "x/y/f.txt", ".z.md")
    assert sources(tmp_path, pattern) == expected


def test_relative_patterns_count_from_the_working_folder(tmp_path, monkeypatch):
    write(tmp_path, "a.md", "x/b.md")
    monkeypatch.chdir(tmp_path)
    found = list(collect(["**/*.md"], base=tmp_path))
    assert [(item.source, item.name) for item in found] == [("a.md", "a.md"), ("x/b.md", "x/b.md")]


def test_a_file_whose_name_looks_like_a_pattern(tmp_path):
    write(tmp_path, "note[1].txt", "note1.txt")
    assert sources(tmp_path, "note[1].txt") == ["note[1].txt"]


def test_outside_the_base_the_source_is_absolute(tmp_path):
    write(tmp_path, "here/a.txt", "there/b.txt")
    given = [str(tmp_path / "here/../there/b.txt")]
    (item,) = collect(given, base=tmp_path / "here")
    assert item.source == (tmp_path / "there/b.txt").as_posix()


def test_a_base_reached_through_a_link_is_the_same_base(tmp_path):
    write(tmp_path, "real/a.txt")
    (tmp_path / "link").symlink_to("real")
    (item,) = collect([str(tmp_path / "real/a.txt")], base=tmp_path / "link")
    assert item.source == "a.txt"


def test_standard_input(tmp_path):
    (item,) = collect(["-"], base=tmp_path, stdin=io.BytesIO(b"Brussels, today."))
    assert (item.source, item.name, item.media_type) == ("stdin", "stdin", "text/plain")
    (item,) = collect(["-"], base=tmp_path, stdin=io.BytesIO(b" <!DOCTYPE HTML><p>x"))
    assert item.media_type == "text/html"
    (item,) = collect(["-"], base=tmp_path, stdin=io.BytesIO(b"# x"), assume=".md")
    assert item.media_type == "text/markdown"


def test_standard_input_that_gives_nothing(tmp_path):
    closed = io.BytesIO()
    closed.close()
    for stream in (None, io.BytesIO(b""), closed, io.BytesIO(b"x" * 11)):
        (found,) = collect(["-"], base=tmp_path, stdin=stream, max_bytes=10)
        assert isinstance(found, SourceProblem)
        assert found.name == "stdin"


def test_files_without_a_known_suffix_go_by_their_content(tmp_path):
    (tmp_path / "notes").write_text("Plain words.")
    (tmp_path / "page.php").write_text("<!-- saved --><html><p>x</p></html>")
    found = list(collect([str(tmp_path / "notes"), str(tmp_path / "page.php")], base=tmp_path))
    assert [item.media_type for item in found] == ["text/plain", "text/html"]


def test_one_bad_file_does_not_cost_the_others(tmp_path):
    write(tmp_path, "a.txt", "c.txt")
    (tmp_path / "b.txt").touch()
    given = [str(tmp_path), str(tmp_path / "missing.txt")]
    found = list(collect(given, base=tmp_path))
    assert [type(one) for one in found] == [RawItem, SourceProblem, RawItem, SourceProblem]


def test_missing_files_are_named(tmp_path):
    error = problem(tmp_path, "missing.txt")
    assert "missing.txt" in error.message
    assert error.hint


@pytest.mark.parametrize("pattern", ["*.md", "**/*.md", "nowhere/**/*.md"])
def test_a_pattern_that_matches_nothing_is_a_problem(tmp_path, pattern):
    write(tmp_path, "a.txt")
    assert "no file matches" in problem(tmp_path, pattern).message


def test_empty_files(tmp_path):
    (tmp_path / "empty.txt").touch()
    error = problem(tmp_path, "empty.txt")
    assert isinstance(error, UnreadableError)
    assert "empty.txt is empty" in error.message


@pytest.mark.parametrize(
    "content",
    [
        b"\x7fELF\x02\x01\x01\x00\x00",
        b"\x89PNG\r\n\x1a\n",
        b"text\x00text" * 9,
        bytes(500),
        b"\xff\xd8\xff\xe0",
    ],
)
@pytest.mark.parametrize("name", ["program", "picture.png"])
def test_binary_files(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert "binary" in problem(tmp_path, name).message


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_a_text_suffix_does_not_make_bytes_a_text(tmp_path, name):
    (tmp_path / name).write_bytes(b"MZ\x90\x00\x03\x00\x00\x00" * 40)
    assert "binary" in problem(tmp_path, name).message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings_are_not_binary(tmp_path, encoding):
    (tmp_path / "wide.txt").write_bytes("The two sides met in Brussels.".encode(encoding))
    assert sources(tmp_path, "wide.txt") == ["wide.txt"]


def test_files_over_the_limit(tmp_path):
    with (tmp_path / "big.txt").open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    error = problem(tmp_path, "big.txt")
    assert "larger than 20 MB" in error.message
    assert error.hint
    write(tmp_path, "small.txt")
    size = (tmp_path / "small.txt").stat().st_size
    assert sources(tmp_path, "small.txt", max_bytes=size) == ["small.txt"]
    assert "larger" in problem(tmp_path, "small.txt", max_bytes=size - 1).message


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="the system has no /dev/zero")
def test_an_endless_file_ends_at_the_limit(tmp_path):
    (found,) = collect(["/dev/zero"], base=tmp_path, max_bytes=1000)
    assert isinstance(found, SourceProblem)


def test_folders_with_nothing_to_read(tmp_path):
    (tmp_path / "empty").mkdir()
    assert "nothing readable" in problem(tmp_path, "empty").message
    write(tmp_path, "pictures/a.png", "pictures/b.png")
    error = problem(tmp_path, "pictures")
    assert "2 files of other kinds" in error.message
    assert ".txt" in str(error.hint)


def test_links_in_a_circle_end(tmp_path):
    write(tmp_path, "in/a.txt", "in/deep/b.txt")
    (tmp_path / "in/deep/up").symlink_to(tmp_path / "in")
    (tmp_path / "in/again").symlink_to(tmp_path / "in/deep")
    assert sources(tmp_path, "in") == ["in/a.txt", "in/deep/b.txt"]
    assert sources(tmp_path, "**/*.txt") == ["in/a.txt", "in/deep/b.txt"]


def test_links_to_folders_elsewhere_are_followed(tmp_path):
    write(tmp_path, "elsewhere/a.txt")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/link").symlink_to(tmp_path / "elsewhere")
    assert sources(tmp_path, "in") == ["in/link/a.txt"]


def test_links_to_nothing_and_to_themselves_are_reported(tmp_path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "self.txt").symlink_to("self.txt")
    found = list(collect([str(tmp_path)], base=tmp_path))
    assert [Path(one.name).name for one in found] == ["gone.txt", "self.txt"]
    assert all(isinstance(one, SourceProblem) for one in found)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipes_in_folders_do_not_block(tmp_path):
    write(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert sources(tmp_path, ".") == ["a.txt"]


@contextmanager
def as_nobody():
    """Give up root's right to read everything, for a moment."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that others may enter; those above ``tmp_path`` are for its owner only."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the system has no POSIX permissions")
def test_what_may_not_be_read_is_reported_and_the_rest_is_read(open_folder):
    tmp_path = open_folder
    write(tmp_path, "locked.txt", "open.txt", "shut/inside.txt")
    (tmp_path / "locked.txt").chmod(0)
    (tmp_path / "shut").chmod(0)
    try:
        with as_nobody():
            found = list(collect([str(tmp_path), str(tmp_path / "shut/inside.txt")], base=tmp_path))
    finally:
        (tmp_path / "shut").chmod(0o755)
    problems = {Path(one.name).name for one in found if isinstance(one, SourceProblem)}
    assert problems == {"locked.txt", "shut", "inside.txt"}
    assert [one.source for one in found if isinstance(one, RawItem)] == ["open.txt"]
    assert all(
        "not allowed" in one.error.message for one in found if isinstance(one, SourceProblem)
    )


@pytest.mark.parametrize(
    "given", ["", "  ", "a\0b", "ftp://example.org/a.html", "https://", "x" * 5000]
)
def test_what_is_no_path_is_a_problem_not_a_crash(tmp_path, given):
    (found,) = collect([given], base=tmp_path)
    assert isinstance(found, SourceProblem)
    assert "\n" not in found.error.message
    assert "\0" not in found.error.message


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes only on POSIX")
def test_file_names_that_are_no_utf8_can_be_stored(tmp_path):
    try:
        (tmp_path / os.fsdecode(b"caf\xe9\n.txt")).write_text("Text.")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    assert sources(tmp_path, ".") == [r"caf\xe9\x0a.txt"]


def test_nothing_named_gives_nothing(tmp_path):
    assert list(collect([], base=tmp_path)) == []
