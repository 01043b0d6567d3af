//! Tests of the whole memo.
