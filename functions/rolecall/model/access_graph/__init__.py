"""Who can become whom: the graph of principals, over one account or several.

`graph_of(account)` is what checks ask; it is built once for each snapshot, or once for all that
were read together. Chains are told in words or drawn as SVG.
"""

from rolecall.model.access_graph.chain import Certainty, Chain, Step
from rolecall.model.access_graph.graph import AccessGraph, graph_of
from rolecall.model.access_graph.svg import drawn
from rolecall.model.access_graph.words import told

__all__ = ["AccessGraph", "Certainty", "Chain", "Step", "drawn", "graph_of", "told"]
