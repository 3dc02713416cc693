UPDATE task SET current = 0 WHERE current = 1;
