"""What is measured on samples, runs, texts and images."""
