"""Figures whose colours stand for numbers get the class ``heat``: the dark may not turn them over.

Which they are, the figures say themselves, in the words recorded beside each picture.
"""

import re

from docutils import nodes
from sphinx.transforms import SphinxTransform

# As ``d2lzh_pytorch.figure_words`` writes them.
COLOURED = re.compile(r"^- (colour mesh|image) of ", re.MULTILINE)


def is_bundle(node):
    """Whether ``node`` holds one output in all its recorded forms, of which myst-nb picks one."""
    return isinstance(node, nodes.container) and node.get("nb_element") == "mime_bundle"


class HeatMaps(SphinxTransform):
    """Mark the pictures of heat maps."""

    default_priority = 700

    def apply(self):
        """Mark the nodes in place."""
        for bundle in self.document.findall(is_bundle):
            forms = {form.get("mime_type"): form for form in bundle.children}
            words = forms.get("text/plain")
            if words is not None and COLOURED.search(words.astext()):
                for picture in bundle.findall(nodes.image):
                    picture["classes"].append("heat")


def setup(app):
    """Register the step."""
    app.add_transform(HeatMaps)
    return {"parallel_read_safe": True}
