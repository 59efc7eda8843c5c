"""The far judge (远判): is a clause of this world at all, or a textbook, a chat, a court case, a law about something else?

The near judge (`Stack`) knows what offices write and parts a measure from what resembles one; of anything else it knows
nothing. This one is linear over hashed n-grams, learnt with tens of thousands of ordinary sentences, and reads every clause.
A clause below its bound is not shown to the near judge, and its score is the far judge's own. The bound is proved on writers
whose clauses were left out: at most `PASSED_OVER` of their relevant clauses lie below it.
"""

FAR_FILE = "far.npz"
PASSED_OVER = 0.003
