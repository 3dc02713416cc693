DELETE FROM quick_user WHERE user = ?1;
