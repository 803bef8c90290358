"""Join a class: what is your class's code?"""

from ui.classroom.in_turn import in_turn
from ui.classroom.opening import open_room
from ui.classroom.phone import draw_phone
from ui.classroom.seats import take_a_seat

with in_turn():
    room = open_room("join")
    place = take_a_seat(room)
    if place is not None:
        draw_phone(room, place)
