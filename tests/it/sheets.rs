//! The workbook and the file of values, read by programs that nobody here wrote.
