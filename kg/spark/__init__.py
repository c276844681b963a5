"""Many machines: the same readers on Apache Spark (extra ``spark``), the graph as files.

``job`` runs on the driver and ``task`` in the workers. What comes out are N-Quads for the bulk
loader of any store, and the acts in columns.
"""
