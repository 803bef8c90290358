"""What models are trained on: points, images, texts, names; built in or brought by the reader."""
