DELETE FROM hold_di WHERE hold = ?1
