//! How sure verdicts are: how often they were right where the truth is known, as data.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::{ReasonCode, Verdict};

const SOURCE: &str = include_str!("../../config/confidence.yaml");

static BUILTIN: LazyLock<Result<Confidence, String>> = LazyLock::new(|| Confidence::parse(SOURCE));

/// Verdicts of a kind from which it speaks for itself; of fewer, the verdict as a whole says more.
const FEWEST: u32 = 8;

/// Which way a review leans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Lean {
    Pass,
    Fail,
}

/// Verdicts of a kind that were measured.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Measured {
    verdict: Verdict,
    /// The reason that decided; the counts of verdicts with any reason, or none, stand without one.
    #[serde(default)]
    code: Option<ReasonCode>,
    /// Of a review, which way it leaned.
    #[serde(default)]
    leaned: Option<Lean>,
    /// How many were right; of a review, how many turned out as it leaned.
    right: u32,
    all: u32,
}

/// How often verdicts were right, by verdict and deciding reason. Reviews are counted by the side that they lean to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confidence {
    /// Where the counts are from.
    pub source: String,
    measured: Vec<Measured>,
}

impl Confidence {
    fn parse(yaml: &str) -> Result<Self, String> {
        serde_yaml::from_str(yaml).map_err(|error| error.to_string())
    }

    /// The counts that are compiled into the program.
    pub fn builtin() -> &'static Self {
        static NONE: Confidence = Confidence { source: String::new(), measured: Vec::new() };
        BUILTIN.as_ref().unwrap_or(&NONE)
    }

    /// How sure a verdict is, by the reason that decided it (none of a plain pass): of a pass, advice or fail how likely it is
    /// right, of a review how likely it turns out as it leans; 0 to 1. What was hardly measured has the confidence of its
    /// verdict as a whole, and where that was not measured either, even odds.
    ///
    /// A few counts say little, so that each kind is counted as if there had been one more right and one more wrong (Laplace).
    ///
    /// A review never has less than even odds. The counts may say that reviews of a kind mostly turned out otherwise; but
    /// they are of sites that were made with certain faults in certain numbers, and in another mixture they would say
    /// otherwise. What this page shows is the better evidence for the side, so that the counts take certainty away from it
    /// and do not turn it.
    pub fn of(&self, verdict: Verdict, code: Option<ReasonCode>, leans_to_pass: bool) -> f64 {
        let leaned = (verdict == Verdict::Review).then_some(if leans_to_pass { Lean::Pass } else { Lean::Fail });
        let find = |verdict: Verdict, code: Option<ReasonCode>| {
            self.measured.iter().find(|one| one.verdict == verdict && one.code == code && one.leaned == leaned)
        };
        // Advice stands beside a pass, and is right where that is.
        let general = (verdict == Verdict::Advice).then(|| find(Verdict::Pass, None)).flatten();
        let kinds = [find(verdict, code), find(verdict, None), general];
        let told = kinds.iter().flatten().find(|kind| kind.all >= FEWEST).or_else(|| kinds.iter().flatten().next());
        let Some(found) = told else { return 0.5 };
        let share = f64::from(found.right + 1) / (f64::from(found.all) + 2.0);
        if verdict == Verdict::Review { share.max(0.5) } else { share }
    }
}

#[cfg(test)]
mod tests {
    use super::{BUILTIN, Confidence, Lean};
    use crate::model::{ReasonCode, Verdict};

    const SAMPLE: &str = "
source: a test
measured:
  - {verdict: fail, right: 90, all: 98}
  - {verdict: fail, code: year.missing, right: 18, all: 18}
  - {verdict: fail, code: link.dns, right: 0, all: 2}
  - {verdict: advice, right: 0, all: 2}
  - {verdict: review, leaned: pass, right: 7, all: 8}
  - {verdict: review, leaned: fail, right: 1, all: 8}
  - {verdict: review, leaned: pass, code: year.missing, right: 0, all: 18}
";

    #[test]
    fn counts_are_found_by_reason_and_lean_and_smoothed() {
        let confidence = Confidence::parse(SAMPLE).unwrap();
        let of = |verdict, code, leans| format!("{:.2}", confidence.of(verdict, code, leans));
        assert_eq!(of(Verdict::Fail, Some(ReasonCode::YearMissing), false), "0.95");
        assert_eq!(of(Verdict::Fail, Some(ReasonCode::LinkMissing), false), "0.91");
        assert_eq!(of(Verdict::Fail, Some(ReasonCode::LinkDns), false), "0.91", "two say nothing");
        assert_eq!(of(Verdict::Pass, None, true), "0.50", "never measured");
        assert_eq!(of(Verdict::Advice, Some(ReasonCode::LinkWrongTarget), true), "0.25", "nothing better is known");
        assert_eq!(of(Verdict::Review, Some(ReasonCode::LinkBlocked), true), "0.80");
        assert_eq!(
            of(Verdict::Review, Some(ReasonCode::LinkBlocked), false),
            "0.50",
            "the counts do not turn the side"
        );
        assert_eq!(of(Verdict::Review, Some(ReasonCode::YearMissing), true), "0.50");
    }

    #[test]
    fn the_shipped_counts_are_sound() {
        let confidence = BUILTIN.as_ref().unwrap();
        assert!(!confidence.source.trim().is_empty());
        for (at, one) in confidence.measured.iter().enumerate() {
            assert!(one.right <= one.all, "{one:?}");
            assert_eq!(one.leaned.is_some(), one.verdict == Verdict::Review, "{one:?}");
            let again = |other: &super::Measured| {
                (other.verdict, other.code, other.leaned) == (one.verdict, one.code, one.leaned)
            };
            assert!(!confidence.measured[..at].iter().any(again), "{one:?} stands twice");
        }
        for (verdict, leaned) in [
            (Verdict::Pass, None),
            (Verdict::Advice, None),
            (Verdict::Fail, None),
            (Verdict::Review, Some(Lean::Pass)),
            (Verdict::Review, Some(Lean::Fail)),
        ] {
            let fallback = |one: &super::Measured| one.verdict == verdict && one.leaned == leaned && one.code.is_none();
            assert!(confidence.measured.iter().any(fallback), "{verdict:?} {leaned:?} has no counts of its own");
        }
    }
}
