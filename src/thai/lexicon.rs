//! Searching for many phrases at once.

use aho_corasick::AhoCorasick;

use super::{Folded, Phrase};

/// Phrases that are all sought in one go through a text, as each is by [`Folded::contains`].
#[derive(Debug)]
pub struct Lexicon {
    /// `None` where there is nothing to seek, or too much.
    automaton: Option<AhoCorasick>,
    /// The phrase of each pattern; a phrase without visible characters has none.
    phrases: Vec<usize>,
}

impl Lexicon {
    /// The lexicon of several phrases.
    pub fn new(phrases: &[Phrase]) -> Self {
        let seen = |at: &usize| !phrases[*at].codes().is_empty();
        let kept: Vec<usize> = (0..phrases.len()).filter(seen).collect();
        let automaton = AhoCorasick::new(kept.iter().map(|at| phrases[*at].codes())).ok();
        Self { automaton: automaton.filter(|_| !kept.is_empty()), phrases: kept }
    }

    /// The phrases that stand in a text, by their place among all, each as often as it stands there.
    pub fn found<'l>(&'l self, text: &'l Folded) -> impl Iterator<Item = usize> + 'l {
        let found = self.automaton.iter().flat_map(|automaton| automaton.find_overlapping_iter(text.codes()));
        let whole = found.filter(|one| text.is_boundary(one.start()) && text.is_boundary(one.end()));
        whole.map(|one| self.phrases[one.pattern().as_usize()])
    }
}

#[cfg(test)]
mod tests {
    use super::Lexicon;
    use crate::thai::{Folded, Phrase};

    #[test]
    fn all_phrases_are_found_as_one_is() {
        let phrases: Vec<Phrase> =
            ["แผน", "แผนดำเนินงาน", "รายงาน", " ", "O1", "๖ เดือน"].iter().map(|text| Phrase::new(text)).collect();
        let lexicon = Lexicon::new(&phrases);
        for text in ["แผน ดำเนินงานประจำปี รอบ 6เดือน", "O11 แผน", "O1 รายงาน", "", "ข่าว"]
        {
            let folded = Folded::new(text);
            let mut found: Vec<usize> = lexicon.found(&folded).collect();
            found.sort_unstable();
            let one_by_one: Vec<usize> = (0..phrases.len()).filter(|at| folded.contains(&phrases[*at])).collect();
            assert_eq!(found, one_by_one, "{text}");
        }
        assert_eq!(Lexicon::new(&[]).found(&Folded::new("แผน")).count(), 0);
    }
}
