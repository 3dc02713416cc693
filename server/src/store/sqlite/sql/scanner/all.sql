SELECT scanner_no, profile FROM scanner
