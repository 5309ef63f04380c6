"""How the embedded checkpoints are made: prepare, train, evaluate, export."""
