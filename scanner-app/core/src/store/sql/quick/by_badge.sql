SELECT user FROM quick_user WHERE badge = ?1;
