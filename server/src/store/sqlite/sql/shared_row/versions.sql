SELECT version FROM shared_row
