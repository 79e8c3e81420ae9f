"""The knowledge base: agents, laws and the lexicon, read from tables in ``data/kb``."""

from kg.kb.agents import Law
from kg.kb.knowledge import KnowledgeBase, load_knowledge_base
from kg.kb.tables import Row, read_table

__all__ = ["KnowledgeBase", "Law", "Row", "load_knowledge_base", "read_table"]
