-- Statistics
ANALYZE;
