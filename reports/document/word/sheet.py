"""The empty sheet that a report is written on: A4, our styles, British English, head and foot."""

from dataclasses import dataclass
from datetime import UTC
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from cycles.core.sayable import sayable
from reports.document.edition import Edition
from reports.document.word.elements import field, paragraph, run

FAMILY = "Calibri"
LANGUAGE = "en-GB"
WORD_2013 = "15"
"""Without it Word opens the file in its mode for older versions."""
ACCENT, INK, MUTED, AMBER = "0F5C63", "1B1F2A", "5B6475", "8A3F06"
DRAFT = "Draft, not for publication"
MARGIN_MM = 20
TEXT_MM = 210 - 2 * MARGIN_MM
THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


@dataclass(frozen=True)
class Look:
    """How a style looks: its size and the space ``above`` and ``below`` it in points."""

    name: str
    size: float
    colour: str = INK
    is_strong: bool = False
    above: float = 0
    below: float = 6
    is_of_word: bool = False


KNOWN = (
    Look("Normal", 10.5),
    Look("Title", 30, is_strong=True, above=150, below=10),
    Look("Subtitle", 14, MUTED, below=30),
    Look("Heading 1", 22, ACCENT, is_strong=True, below=12),
    Look("Heading 2", 15, is_strong=True, above=18),
    Look("Heading 3", 12.5, is_strong=True, above=14, below=4),
    Look("Heading 4", 11, is_strong=True, above=10, below=3),
    Look("Heading 5", 10.5, MUTED, is_strong=True, above=8, below=2),
    Look("Caption", 10, is_strong=True, above=12, below=4),
    Look("Quote", 10.5, MUTED),
    Look("Header", 8.5, MUTED, below=0),
    Look("Footer", 8.5, MUTED, below=0),
    Look("List Bullet", 10.5, below=2),
    Look("List Bullet 2", 10.5, below=2),
    Look("List Number", 10.5, below=2),
    Look("List Number 2", 10.5, below=2),
    Look("List Continue", 10.5, below=2),
)
OWN = (
    Look("Listed Caption", 10, is_strong=True, above=12, below=4),
    Look("Report Note", 9, MUTED, below=8),
    Look("Report Draft", 10, AMBER, is_strong=True),
    Look("Report Figure", 10.5, below=3),
    Look("Report Code", 9.5),
    Look("Table Text", 9, above=1.5, below=1.5),
    Look("Table Heading", 9, MUTED, is_strong=True, above=1.5, below=1.5),
    Look("Table Number", 9, above=1.5, below=1.5),
    Look("toc 1", 11, is_strong=True, above=8, below=2, is_of_word=True),
    Look("toc 2", 10, below=1, is_of_word=True),
    Look("table of figures", 10, below=2, is_of_word=True),
)
TABLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">
  <w:name w:val="Report Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>
  <w:tblPr><w:tblBorders>
    <w:bottom w:val="single" w:sz="4" w:space="0" w:color="D7DBE2"/>
    <w:insideH w:val="single" w:sz="4" w:space="0" w:color="D7DBE2"/>
  </w:tblBorders><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="140" w:type="dxa"/>
  </w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>
    <w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>
  </w:tcBorders></w:tcPr></w:tblStylePr>
  <w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr></w:tblStylePr>
</w:style>"""


def empty_sheet(edition: Edition) -> Any:
    """Return a document without a word in it, ready to be written on."""
    document = docx.Document()
    _forget_thumbnail(document.part.package)
    _set_page(document.sections[0])
    _set_styles(document)
    _set_language(document)
    _set_properties(document, edition)
    _set_head_and_foot(document.sections[0], edition)
    return document


def style_id(name: str) -> str:
    """Return the id of a style by its name.

    >>> style_id("Table Text")
    'TableText'
    """
    return name.replace(" ", "")


def _forget_thumbnail(package: Any) -> None:
    """Drop the small picture of another document that the library's template brings along."""
    for number, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[number]


def _set_page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(MARGIN_MM)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    section.different_first_page_header_footer = True


def _set_styles(document: Any) -> None:
    styles = document.styles
    for look in OWN:
        made = styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH, builtin=look.is_of_word)
        made.base_style = styles["Normal"]
    for look in (*KNOWN, *OWN):
        _set_look(styles[look.name], look)
    for name in ("Caption", "Listed Caption", "Report Figure"):
        styles[name].paragraph_format.keep_with_next = True
    styles["Table Number"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    styles["toc 2"].paragraph_format.left_indent = Mm(7)
    styles["Quote"].paragraph_format.left_indent = Mm(7)
    styles["Heading 1"].paragraph_format.page_break_before = True
    styles.element.append(parse_xml(TABLE))


def _set_look(style: Any, look: Look) -> None:
    font, spaced = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(look.size), look.is_strong, False
    font.color.rgb = RGBColor.from_string(look.colour)
    font.name = FAMILY
    names = style.element.rPr.rFonts
    for theme in THEMES:
        names.attrib.pop(qn(f"w:{theme}"), None)
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        names.set(qn(name), FAMILY)
    spaced.space_before, spaced.space_after = Pt(look.above), Pt(look.below)
    for line in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(line)


def _set_language(document: Any) -> None:
    for tongue in document.styles.element.iter(qn("w:lang")):
        tongue.set(qn("w:val"), LANGUAGE)
    settings = document.settings.element
    for tongue in settings.iter(qn("w:themeFontLang")):
        tongue.set(qn("w:val"), LANGUAGE)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), WORD_2013)


def _set_properties(document: Any, edition: Edition) -> None:
    subject, told = edition.document.subject, document.core_properties
    # Word keeps at most 255 characters of each.
    told.title, told.author = (
        sayable(subject.title)[:255],
        sayable(subject.convener or "Pythia")[:255],
    )
    told.subject = "Findings of a workforce-foresighting cycle"
    told.comments = f"Snapshot {edition.document.number}, SHA-256 {edition.digest}"
    told.language, told.last_modified_by = LANGUAGE, "Pythia"
    told.created = told.modified = edition.document.taken_at.astimezone(UTC).replace(tzinfo=None)


def _set_head_and_foot(section: Any, edition: Edition) -> None:
    if edition.is_draft:
        for head in (section.first_page_header, section.header):
            _line(head, "ReportDraft", DRAFT)
    else:
        _line(section.header, "Header", edition.document.subject.title)
    section.header.is_linked_to_previous = False
    words = f"Snapshot {edition.document.number}, SHA-256 {edition.digest[:16]}. Page "
    foot = _line(section.footer, "Footer", words)
    field(foot, "PAGE", "1")
    run(foot, " of ")
    field(foot, "NUMPAGES", "1")


def _line(part: Any, style: str, words: str) -> Any:
    part.is_linked_to_previous = False
    holder = part._element
    for old in list(holder):
        holder.remove(old)
    made = paragraph(holder, style)
    run(made, words)
    return made
