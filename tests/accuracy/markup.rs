//! The notation in which `content/` is written, and what it becomes: a few blocks that pages and documents show.
//!
//! A line is a heading (`# `), an entry of a list (`- `), a row of a table (`| a | b`, the first row names the columns),
//! something that only a page shows (`! photo`, `! form`…), or a paragraph. `@tag ` before a line, or before a column's name,
//! and `[[tag|…]]` within a line say which demand it meets, so that one demand can be removed thoroughly. `{Y}` is the
//! assessed fiscal year, `{P}` the one before, `{Q}` before that, `{N}` the next, small letters their last two digits; `{F}`
//! and `{T}` the first and last year of a plan of several years, `{F3}`, `{T3}`, `{T4}` of a shorter one.

use std::collections::BTreeSet;

/// What a page or a document shows.
#[derive(Clone, Debug)]
pub(crate) enum Block {
    Heading(String),
    Text(String),
    Entries(Vec<String>),
    Table(Vec<Vec<String>>),
    Special(Vec<String>),
}

/// A title and what is below it.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    pub(crate) title: String,
    pub(crate) blocks: Vec<Block>,
}

/// What an agency publishes for one item, in its notation.
#[derive(Clone)]
pub(crate) struct Source {
    title: String,
    lines: Vec<Line>,
}

#[derive(Clone)]
struct Line {
    tags: Vec<String>,
    text: String,
}

/// The years that the content is about.
#[derive(Clone, Copy)]
pub(crate) struct Years {
    /// The fiscal year that it calls the current one.
    pub(crate) current: u16,
    /// The first year of plans of several years; they last five, or three and four.
    pub(crate) first: u16,
}

/// The fiscal year that is assessed.
pub(crate) const YEAR: u16 = 2563;

impl Years {
    pub(crate) const RIGHT: Self = Self { current: YEAR, first: 2561 };
    /// One year earlier; plans of several years have run out.
    pub(crate) const STALE: Self = Self { current: YEAR - 1, first: 2556 };

    fn put(self, text: &str) -> String {
        let mut text = text.to_owned();
        for (sign, year) in [
            ("N", self.current + 1),
            ("Y", self.current),
            ("P", self.current - 1),
            ("Q", self.current - 2),
            ("F", self.first),
            ("T", self.first + 4),
            ("F3", self.first),
            ("T3", self.first + 2),
            ("T4", self.first + 3),
        ] {
            text = text.replace(&format!("{{{sign}}}"), &year.to_string());
            text = text.replace(&format!("{{{}}}", sign.to_lowercase()), &(year % 100).to_string());
        }
        text
    }
}

/// The items of one file of `content/`, by their number.
pub(crate) fn sources(file: &str) -> Vec<(u8, Source)> {
    let mut all: Vec<(u8, Source)> = Vec::new();
    for line in file.lines().filter(|line| !line.trim().is_empty()) {
        if let Some(head) = line.strip_prefix("=== O") {
            let (number, title) = head.split_once(' ').unwrap();
            all.push((number.parse().unwrap(), Source { title: title.to_owned(), lines: Vec::new() }));
            continue;
        }
        let (tags, text) = tagged(line.trim());
        let (tags, text) = (tags.into_iter().map(str::to_owned).collect(), text.to_owned());
        all.last_mut().unwrap().1.lines.push(Line { tags, text });
    }
    all
}

/// The tags before a line or a column's name, and what follows them.
fn tagged(mut text: &str) -> (Vec<&str>, &str) {
    let mut tags = Vec::new();
    while let Some((tag, rest)) = text.strip_prefix('@').and_then(|rest| rest.split_once(' ')) {
        tags.push(tag);
        text = rest;
    }
    (tags, text)
}

impl Source {
    /// Every demand that can be removed from it.
    pub(crate) fn tags(&self) -> BTreeSet<String> {
        let mut tags: BTreeSet<String> = BTreeSet::new();
        for line in &self.lines {
            tags.extend(line.tags.iter().cloned());
            tags.extend(line.text.split("[[").skip(1).filter_map(|part| Some(part.split_once('|')?.0.to_owned())));
            if line.text.starts_with('|') {
                for cell in cells(&line.text) {
                    tags.extend(tagged(&cell).0.into_iter().map(str::to_owned));
                }
            }
        }
        tags
    }

    /// As it is published.
    pub(crate) fn content(&self, years: Years) -> Content {
        self.written(years, None, str::to_owned)
    }

    /// Without what meets one demand.
    pub(crate) fn without(&self, tag: &str) -> Content {
        self.written(Years::RIGHT, Some(tag), str::to_owned)
    }

    /// With three months where there should be six.
    pub(crate) fn quarter_only(&self) -> Content {
        self.written(Years::RIGHT, Some("half"), |text| {
            [
                ("มีนาคม {Y}", "ธันวาคม {P}"),
                ("มีนาคม {y}", "ธันวาคม {p}"),
                ("มี.ค. {y}", "ธ.ค. {p}"),
                ("มี.ค. {Y}", "ธ.ค. {P}"),
                ("มกราคม {Y}", "ธันวาคม {P}"),
                ("กุมภาพันธ์ {Y}", "ธันวาคม {P}"),
                ("ม.ค. {Y}", "ธ.ค. {P}"),
                ("ก.พ. {Y}", "ธ.ค. {P}"),
                ("หกเดือนแรก", "สามเดือนแรก"),
                ("หกเดือน", "สามเดือน"),
                ("6 เดือน", "3 เดือน"),
                ("ครึ่งปีแรก", "ไตรมาสแรก"),
                ("ครึ่งปี", "หนึ่งไตรมาส"),
                ("ไตรมาส 1-2", "ไตรมาส 1"),
                ("ไตรมาสที่ 1 และ 2", "ไตรมาสที่ 1"),
                ("สิ้นไตรมาส 2", "สิ้นไตรมาส 1"),
            ]
            .into_iter()
            .fold(text.to_owned(), |text, (long, short)| text.replace(long, short))
        })
    }

    fn written(&self, years: Years, without: Option<&str>, change: impl Fn(&str) -> String) -> Content {
        let finish = |text: &str| years.put(&change(&kept(text, without)));
        let mut blocks: Vec<Block> = Vec::new();
        let mut columns: Vec<bool> = Vec::new();
        for line in &self.lines {
            if without.is_some_and(|tag| line.tags.iter().any(|own| own == tag)) {
                continue;
            }
            let text = line.text.as_str();
            if text.starts_with('|') {
                let row = cells(text);
                let first = !matches!(blocks.last(), Some(Block::Table(_)));
                if first {
                    let gone = |cell: &String| without.is_some_and(|tag| tagged(cell).0.contains(&tag));
                    columns = row.iter().map(|cell| !gone(cell)).collect();
                    blocks.push(Block::Table(Vec::new()));
                }
                let stays = |at: usize| columns.get(at).copied().unwrap_or(true);
                let row = row.iter().enumerate().filter(|(at, _)| stays(*at)).map(|(_, cell)| finish(tagged(cell).1));
                let row = row.collect();
                if let Some(Block::Table(rows)) = blocks.last_mut() {
                    rows.push(row);
                }
            } else if let Some(entry) = text.strip_prefix("- ") {
                if !matches!(blocks.last(), Some(Block::Entries(_))) {
                    blocks.push(Block::Entries(Vec::new()));
                }
                if let Some(Block::Entries(entries)) = blocks.last_mut() {
                    entries.push(finish(entry));
                }
            } else if let Some(heading) = text.strip_prefix("# ") {
                blocks.push(Block::Heading(finish(heading)));
            } else if let Some(special) = text.strip_prefix("! ") {
                let (kind, rest) = special.split_once(' ').unwrap_or((special, ""));
                let parts = std::iter::once(kind.to_owned()).chain(rest.split(" = ").map(finish));
                blocks.push(Block::Special(parts.collect()));
            } else {
                blocks.push(Block::Text(finish(text)));
            }
        }
        blocks.retain(|block| !matches!(block, Block::Text(text) | Block::Heading(text) if text.trim().is_empty()));
        Content { title: finish(&self.title), blocks }
    }
}

fn cells(row: &str) -> Vec<String> {
    // A bar within `[[tag|…]]` does not end a cell.
    let (mut cells, mut depth) = (vec![String::new()], 0_usize);
    let mut signs = row.trim_start_matches('|').chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '[' if signs.peek() == Some(&'[') => depth += 1,
            ']' if signs.peek() == Some(&']') => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                cells.push(String::new());
                continue;
            }
            _ => {}
        }
        cells.last_mut().unwrap().push(sign);
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// The text without its marks, and without what one tag marks.
fn kept(text: &str, without: Option<&str>) -> String {
    let mut text = text.to_owned();
    // The innermost mark first.
    while let Some(start) = text.rfind("[[") {
        let Some(end) = text[start..].find("]]").map(|at| start + at) else { break };
        let inner = text[start + 2..end].to_owned();
        let (tag, said) = inner.split_once('|').unwrap_or(("", &inner));
        let said = if without == Some(tag) { "" } else { said };
        text = format!("{}{said}{}", &text[..start], &text[end + 2..]);
    }
    text.trim().to_owned()
}

/// The digits of a text as Thai ones, but for those of addresses.
pub(crate) fn thai_digits(text: &str) -> String {
    let thai = |word: &str| -> String {
        if word.contains('@') || word.contains("://") || word.contains(".go.th") || word.contains(".ac.th") {
            return word.to_owned();
        }
        word.chars()
            .map(|sign| sign.to_digit(10).and_then(|digit| char::from_u32(0x0E50 + digit)).unwrap_or(sign))
            .collect()
    };
    text.split(' ').map(thai).collect::<Vec<_>>().join(" ")
}

impl Content {
    /// All its text passed through a change.
    pub(crate) fn map(self, change: &dyn Fn(&str) -> String) -> Self {
        let all = |texts: Vec<String>| texts.iter().map(|text| change(text)).collect::<Vec<_>>();
        let blocks = self.blocks.into_iter().map(|block| match block {
            Block::Heading(text) => Block::Heading(change(&text)),
            Block::Text(text) => Block::Text(change(&text)),
            Block::Entries(entries) => Block::Entries(all(entries)),
            Block::Table(rows) => Block::Table(rows.into_iter().map(all).collect()),
            Block::Special(parts) => Block::Special(parts),
        });
        Self { title: change(&self.title), blocks: blocks.collect() }
    }
}
