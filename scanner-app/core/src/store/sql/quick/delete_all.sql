DELETE FROM quick_user;
