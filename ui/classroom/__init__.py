"""A live class on the screen: what a phone, the projector's wall and the teacher's desk show."""
