"""A live class: everyone in the room is a model. Nothing is stored unless a teacher opens one."""
