DELETE FROM unit_series
