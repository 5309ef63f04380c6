"""The house's own names and terms: found in either language, enforced in translation.

Term, Glossary     what a desk has decided; Chosen, that of an article
read, write        TSV and CSV
starter            the glossary that comes with Khulasa
find               the terms of a text, prefixed and inflected forms included
enforce            a translation with the desk's terms in it, and what could not be helped
GlossaryStore      one glossary a desk, every version kept
"""

from service.glossary.enforce import Enforced, enforce
from service.glossary.files import read, starter, write
from service.glossary.find import Found, find
from service.glossary.store import GlossaryStore
from service.glossary.terms import Chosen, Glossary, Term

#: Part of the signature of every answer that a glossary had a say in: raise it when the same terms
#: can come to another text.
VERSION = 1

__all__ = [
    "VERSION",
    "Chosen",
    "Enforced",
    "Found",
    "Glossary",
    "GlossaryStore",
    "Term",
    "enforce",
    "find",
    "read",
    "starter",
    "write",
]
