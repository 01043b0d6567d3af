//! oit-audit
pub mod audit;
pub mod catalog;
pub mod checks;
pub mod cli;
pub mod config;
pub mod extract;
pub mod fetch;
pub mod model;
pub mod report;
pub mod score;
pub mod thai;
