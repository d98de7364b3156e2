"""Sets up and runs the notebooks of Hopwise: standard library only, but for the modules that say otherwise."""
