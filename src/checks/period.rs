//! The period that content must be of, in words.

use super::Period;
use crate::model::{FiscalYear, Text};

impl Period {
    /// The period as against the assessed year, as a phrase that follows what is published: «รอบ 6 เดือน ต.ค. 2562 – มี.ค. 2563».
    pub fn words(self, assessed: FiscalYear) -> Text {
        let whole = |year: FiscalYear| {
            Text::new(format!("ประจำปีงบประมาณ พ.ศ. {year}"), format!("of fiscal year {} (B.E. {year})", year.common()))
        };
        match self {
            Self::Current => whole(assessed),
            Self::Previous => whole(assessed.previous()),
            Self::FirstHalf => {
                let before = assessed.previous();
                let (from, to) = (before.common(), assessed.common());
                Text::new(
                    format!("รอบ 6 เดือน ต.ค. {before} – มี.ค. {assessed}"),
                    format!("of the six months October {from} – March {to} (B.E. {before}–{assessed})"),
                )
            }
            Self::Covering => Text::new(
                format!("ที่ครอบคลุมปี {assessed}"),
                format!("that covers {} (B.E. {assessed})", assessed.common()),
            ),
        }
    }
}

/// What to publish with its period, in one phrase that says nothing twice.
pub fn with_period(publish: &Text, period: Option<&Text>) -> Text {
    let Some(period) = period else { return publish.clone() };
    let names_year = |text: &str| text.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4);
    let th = match publish.th.trim() {
        named if names_year(named) => named.to_owned(),
        half if half.contains("6 เดือน") => {
            format!("{half} {}", period.th.trim_start_matches("รอบ 6 เดือน").trim())
        }
        yearly if yearly.ends_with("ประจำปี") => match period.th.strip_prefix("ประจำปี") {
            Some(rest) => format!("{yearly}{rest}"),
            None => format!("{yearly} {}", period.th),
        },
        plain => format!("{plain} {}", period.th),
    };
    let en = publish.en.trim();
    Text::new(th, if names_year(en) { en.to_owned() } else { format!("{en} {}", period.en) })
}

#[cfg(test)]
mod tests {
    use super::with_period;
    use crate::checks::Period;
    use crate::model::{FiscalYear, Text};

    #[test]
    fn what_to_publish_is_named_with_its_period() {
        let of = |publish: &str, period: Period| {
            with_period(&Text::new(publish, publish), Some(&period.words(FiscalYear::new(2563)))).th
        };
        for (publish, period, expected) in [
            ("รายงาน", Period::FirstHalf, "รายงาน รอบ 6 เดือน ต.ค. 2562 – มี.ค. 2563"),
            ("รายงานการกำกับติดตาม รอบ 6 เดือน", Period::FirstHalf, "รายงานการกำกับติดตาม รอบ 6 เดือน ต.ค. 2562 – มี.ค. 2563"),
            ("รายงานผลประจำปี", Period::Previous, "รายงานผลประจำปีงบประมาณ พ.ศ. 2562"),
            ("แผนพัฒนา", Period::Covering, "แผนพัฒนา ที่ครอบคลุมปี 2563"),
            ("ข่าว", Period::Current, "ข่าว ประจำปีงบประมาณ พ.ศ. 2563"),
            ("แผนปี 2563", Period::Current, "แผนปี 2563"),
        ] {
            assert_eq!(of(publish, period), expected);
        }
        assert_eq!(with_period(&Text::new("ข่าว", "news"), None).en, "news");
        let half = Period::FirstHalf.words(FiscalYear::new(2563)).en;
        assert_eq!(half, "of the six months October 2019 – March 2020 (B.E. 2562–2563)");
    }
}
