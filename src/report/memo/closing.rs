//! The end: whom it is for to decide, and blocks to sign, left blank but for the names.

use super::markup::{Face, Paragraph, Stop, WIDTH, shorten};
use super::numerals::thai;
use super::{BLANK, NAME, Page};
use crate::model::Signatory;

/// Dotted lines for an opinion.
const LINES: usize = 3;

impl Page<'_> {
    pub(super) fn closing(&mut self) {
        self.push(&Paragraph::of("Body", "จึงเรียนมาเพื่อโปรดทราบและพิจารณา").keep());
        let officer = self.memo.officer.clone().unwrap_or_default();
        self.signature(&officer);
        let unnamed = [Signatory::default()];
        let superiors = if self.memo.superiors.is_empty() { &unnamed[..] } else { &self.memo.superiors };
        for superior in superiors {
            self.opinion(superior);
        }
    }

    fn opinion(&mut self, superior: &Signatory) {
        let whose = superior.position.as_ref().or(superior.name.as_ref());
        let whose = whose.map_or_else(|| "ผู้บังคับบัญชา".to_owned(), |whose| thai(&shorten(whose, NAME)));
        self.push(&Paragraph::of("Heading1", &format!("ความเห็นของ{whose}")));
        for _ in 0..LINES {
            self.push(&Paragraph::new("Dots").stops(&[Stop::Dots(WIDTH)]).tab(Face::Plain));
        }
        self.signature(superior);
    }

    /// Room for a signature, the name in brackets, the position.
    fn signature(&mut self, who: &Signatory) {
        let or = |blank: &str, text: Option<&String>| {
            text.map_or_else(|| blank.to_owned(), |text| thai(&shorten(text, NAME)))
        };
        for _ in 0..2 {
            self.push(&Paragraph::new("Signature"));
        }
        self.push(&Paragraph::of("Signature", &format!("({})", or(BLANK, who.name.as_ref()))));
        self.push(&Paragraph::of("SignatureEnd", &or(&format!("ตำแหน่ง{BLANK}"), who.position.as_ref())));
    }
}
