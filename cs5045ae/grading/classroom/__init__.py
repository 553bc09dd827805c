"""Grade a class: many submissions at a time, one student's fault never another's.

From the ground up: ``worker`` is what runs in each process, ``pool`` keeps the
processes going, ``report`` says what came of it, ``run`` is one grading of a topic and
``again`` a regrading.

Nothing is imported here: each process that grades imports ``worker``, which is light,
and not what the command needs besides.
"""
