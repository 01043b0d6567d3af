//! The Thai fiscal year, named by its Buddhist-era year.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Years between the Buddhist and the common era.
const ERA_OFFSET: u16 = 543;

/// A fiscal year in the Buddhist era: 2563 runs from 1 October 2562 to 30 September 2563.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct FiscalYear(u16);

impl FiscalYear {
    /// The fiscal year of that Buddhist-era number.
    pub fn new(buddhist: u16) -> Self {
        Self(buddhist)
    }

    /// Its number in the Buddhist era.
    pub fn buddhist(self) -> u16 {
        self.0
    }

    /// Its number in the common era.
    pub fn common(self) -> u16 {
        self.0 - ERA_OFFSET
    }

    /// The fiscal year before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self(self.0 - 1)
    }

    /// Whether a month (1–12) of a Buddhist-era calendar year lies in this fiscal year.
    pub fn contains_month(self, calendar_year: u16, month: u8) -> bool {
        if month >= 10 { calendar_year + 1 == self.0 } else { calendar_year == self.0 }
    }
}

impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::FiscalYear;

    #[test]
    fn a_fiscal_year_starts_in_october_of_the_year_before() {
        let year = FiscalYear::new(2563);
        assert!(year.contains_month(2562, 10));
        assert!(year.contains_month(2563, 9));
        assert!(!year.contains_month(2563, 10));
        assert!(!year.contains_month(2562, 9));
        assert_eq!(year.common(), 2020);
    }
}
