"""The wall of a class: what does the whole class say?"""

from ui.classroom.opening import open_room
from ui.classroom.wall import class_of_the_wall, draw_wall

room = open_room("wall")
found = class_of_the_wall(room)
if found is not None:
    draw_wall(room, found)
