SELECT version FROM projected
