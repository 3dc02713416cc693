SELECT topic, cursor, count, sum FROM feed ORDER BY topic
