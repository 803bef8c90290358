"""What readers bring as text: lines, numbers as people write them, words of any script."""
