"""Leaves out of a drawing what nobody sees: words without room, empty frames, roles of the page.

Words that are drawn but not shown would be found by whoever searches or copies a PDF.
"""

from xml.etree import ElementTree

NAMESPACE = "http://www.w3.org/2000/svg"
GROUP = f"{{{NAMESPACE}}}g"
PATH = f"{{{NAMESPACE}}}path"
PAGE_ONLY = ("class", "role", "pointer-events")
NO_COLOUR = ("none", "transparent")
KEPT = ("id", "clip-path", "mask")
"""What makes an empty group matter: it is drawn elsewhere, or cuts."""


def lean(svg: str) -> str:
    """Return the drawing without what is not seen."""
    root = ElementTree.fromstring(svg)  # noqa: S314 - what our own drawer has just drawn
    _prune(root)
    # The register of prefixes is the process's, and the renderer of PDFs claims the empty one.
    for node in root.iter():
        node.tag = node.tag.removeprefix(f"{{{NAMESPACE}}}")
    root.set("xmlns", NAMESPACE)
    return ElementTree.tostring(root, encoding="unicode")


def _prune(node: ElementTree.Element) -> None:
    for child in list(node):
        _prune(child)
        for name in [each for each in child.attrib if each in PAGE_ONLY or "aria-" in each]:
            del child.attrib[name]
        if _is_unseen(child):
            node.remove(child)


def _is_unseen(node: ElementTree.Element) -> bool:
    found = node.attrib
    if found.get("opacity") == "0" or found.get("display") == "none":
        return True
    if node.tag == GROUP:
        return len(node) == 0 and not set(KEPT) & set(found)
    # The drawer frames every group by a path that has neither colour nor edge.
    is_blank = found.get("fill", "none") in NO_COLOUR and found.get("stroke", "none") in NO_COLOUR
    return node.tag == PATH and is_blank
