DELETE FROM ended_session WHERE until <= ?1
