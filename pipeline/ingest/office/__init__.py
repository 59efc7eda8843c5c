"""What the Office formats share: packages, drawings, pictures; presentations."""
