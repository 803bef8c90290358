"""What a phone shows of its draws, and small pictures of answers: SVG that is read out."""
