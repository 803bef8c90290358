"""The teacher's desk: what shall your class do together?"""

from ui.classroom.desk import draw_desk
from ui.classroom.first_steps import offer_a_class
from ui.classroom.opening import open_room
from ui.classroom.teacher import teacher_of

room = open_room("desk")
teacher = teacher_of(room)
if teacher is None:
    offer_a_class(room)
else:
    draw_desk(room, teacher)
