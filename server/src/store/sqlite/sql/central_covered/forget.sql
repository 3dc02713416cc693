DELETE FROM central_covered
