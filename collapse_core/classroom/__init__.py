"""A live class: games in which people are the models, and what may be said of what they did.

A chain of learners plays telephone: each is shown a few draws from the answer of the one before and
answers with a model of its own. Nothing here knows of phones, pages or tables of a database; values
are what JSON can hold, so that two servers and a phone mean the same by them.

The rooms: ``games`` (what is drawn, what is answered, how much variety an answer keeps), ``rounds``
(settings of a round, and the draws that a turn is shown), ``standing`` (how every chain stands) and
``turns`` (who is to do what next), ``copiers`` (learners that are simulated), ``chain_law`` and
``ideal_chains`` (the law of ideal copiers), ``estimates`` (how a class departs from it) and
``departed_law`` (what that does to the law), ``paired`` (two rounds side by side), ``calibration``
(guesses at several questions), ``own_data`` (a class's result as data for other pages).
"""
