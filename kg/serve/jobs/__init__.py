"""What the child processes do: functions of a ``Child`` and plain arguments, giving plain records.

``kg.serve.worker`` finds them by name.
"""
