//! Where the words of sound text begin, by the same lists of words and costs: of all ways to read a stretch of letters as
//! words the cheapest, which is the likeliest. Thai puts no spaces between words.

use super::cells::{self, Cell, LEADING, follows, is};
use super::lexicon::{ROOT, WORDS};

/// The cost of a letter that is of no known word, with the marks on it: more than that of any word.
const UNKNOWN: u32 = 40;
/// Letters and marks of the longest single words; what is longer is a name made of several.
const LONGEST: usize = 14;

/// The bytes of a text at which a Thai word begins. What is no known word is a word in one piece.
pub fn word_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut letters: Vec<(usize, Cell)> = Vec::new();
    for (at, c) in text.char_indices() {
        match cells::letter(c) {
            Some(cell) => letters.push((at, cell)),
            None => stretch(&mut letters, &mut starts),
        }
    }
    stretch(&mut letters, &mut starts);
    starts
}

/// The cheapest way to a place.
#[derive(Clone, Copy)]
struct Way {
    cost: u32,
    from: usize,
    known: bool,
}

/// Divides a stretch of letters, and empties it.
fn stretch(letters: &mut Vec<(usize, Cell)>, starts: &mut Vec<usize>) {
    let end = letters.len();
    let whole = |at: usize| {
        let (before, after) = (at.checked_sub(1).map(|before| letters[before].1), letters.get(at).map(|after| after.1));
        !before.is_some_and(|before| is(LEADING, before)) && !after.is_some_and(follows)
    };
    let mut ways: Vec<Option<Way>> = vec![None; end + 1];
    ways[0] = Some(Way { cost: 0, from: 0, known: true });
    for from in 0..end {
        let Some(Way { cost: so_far, .. }) = ways[from] else { continue };
        let mut take = |to: usize, cost: u32, known: bool| {
            let cost = so_far + cost;
            if ways[to].is_none_or(|way| cost < way.cost) {
                ways[to] = Some(Way { cost, from, known });
            }
        };
        // The end of a stretch is a whole place however it is written, so that there is always a way.
        if let Some(to) = (from + 1..=end).find(|to| *to == end || whole(*to)) {
            take(to, UNKNOWN, false);
        }
        let mut place = ROOT;
        for to in from + 1..=end.min(from + LONGEST) {
            let Some(next) = WORDS.after(place, letters[to - 1].1) else { break };
            place = next;
            if let Some(cost) = WORDS.cost(place).filter(|_| to == end || whole(to)) {
                take(to, cost.unsigned_abs(), true);
            }
        }
    }
    let mut words = Vec::new();
    let mut at = end;
    while let Some(way) = ways[at].filter(|_| at > 0) {
        words.push(way);
        at = way.from;
    }
    let mut before = true;
    for way in words.into_iter().rev() {
        if way.known || before {
            starts.push(letters[way.from].0);
        }
        before = way.known;
    }
    letters.clear();
}

#[cfg(test)]
mod tests {
    use super::word_starts;

    fn words(text: &str) -> String {
        let mut starts = word_starts(text);
        starts.push(text.len());
        starts.windows(2).map(|pair| text[pair[0]..pair[1]].trim()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn titles_fall_into_their_words() {
        for text in [
            "องค์การ|บริหาร|ส่วน|ตำบล|นางรอง",
            "แผนการ|จัดซื้อจัดจ้าง|หรือ|แผน|การจัดหาพัสดุ",
            "ประกาศ|ที่|ลงนาม|โดย|ผู้บริหาร|คน|ก่อน",
            "ผล|การบริหาร|และ|พัฒนา",
            "โครงการ|หรือ|กิจกรรม|ของ|คณะกรรมการ",
        ] {
            assert_eq!(words(&text.replace('|', "")), text);
        }
    }

    #[test]
    fn what_is_no_word_is_in_one_piece_and_no_letter_is_torn() {
        assert_eq!(words("ฌฌฌฌ").matches('|').count(), 0);
        let torn = "เเเเะะะะ็็็ ก็ เ แ ์์ ข้อ O5 น้ำ";
        for start in word_starts(torn) {
            assert!(torn.is_char_boundary(start));
        }
        assert!(word_starts("").is_empty() && word_starts("plan 2563").is_empty());
    }
}
