"""From a family and a recipe to what is known of their loop: adapters over `collapse_core.theory`.

Each file here turns the closed forms of one family into a `Law`. Theory itself knows neither
families nor recipes, so it can never borrow a simulator's error.
"""
