"""Early warning: does a monitor notice that generations drift away?"""
