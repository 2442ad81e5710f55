"""How good the matcher is, against the literature and against chance: `tablemates bench matching`.

Instances are generated from a seed, never copied. Every figure comes with its baseline, measured
in the same run on the same machine.
"""
