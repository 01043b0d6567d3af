//! What is known of a run that is on, and the two lines that say it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use url::Url;

use super::words;
use crate::model::{Event, Lang, Part, registrable_domain};
use crate::report::{Phrase, line};

/// Columns of the bar.
const BAR: usize = 16;
/// What is said of the time left holds for so long: a number that jumps is no help.
const STEADY: Duration = Duration::from_secs(3);
/// The time after which what is left can be told from what was done.
const LEARNING: Duration = Duration::from_secs(4);
/// The URLs that have to be done by then.
const LEARNT: usize = 3;
/// After this long without news it is said what is waited for.
const SILENCE: Duration = Duration::from_secs(3);

/// What happened to a URL.
struct News {
    phrase: Phrase,
    url: Url,
}

/// What is known of a run.
pub(super) struct State {
    lang: Lang,
    /// Seconds between two requests to one domain.
    period: f64,
    begun: Instant,
    part: Option<Part>,
    entered: Instant,
    planned: usize,
    done: usize,
    left: BTreeSet<Url>,
    /// The latest news.
    news: Option<News>,
    since: Instant,
    /// What is said of the time left, and since when.
    said: Option<(String, Instant)>,
}

impl State {
    /// Nothing is known yet.
    pub(super) fn new(lang: Lang, rate: f64, now: Instant) -> Self {
        Self {
            lang,
            period: 1.0 / rate.max(1e-9),
            begun: now,
            part: None,
            entered: now,
            planned: 0,
            done: 0,
            left: BTreeSet::new(),
            news: None,
            since: now,
            said: None,
        }
    }

    /// Takes note of an event.
    pub(super) fn take(&mut self, event: &Event, now: Instant) {
        let news = match event {
            Event::Part(part) => return self.enter(*part, now),
            Event::Planned(urls) => {
                self.planned += urls.len();
                return self.left.extend(urls.iter().cloned());
            }
            Event::Done(url) => {
                if self.left.remove(url) {
                    self.done += 1;
                }
                return;
            }
            // All are told of at once, long before most have their turn.
            Event::Opening(url) if self.news.is_none() => (words::OPENING, url),
            Event::Opening(_) | Event::Unbuilt(..) | Event::Pictured(..) => return,
            Event::Opened(url, _) => (words::OPENED, url),
            Event::Reading(url) => (words::READING, url),
            Event::Building(url) => (words::BUILDING, url),
            Event::Recognising(url) => (words::RECOGNISING, url),
            Event::Retrying(url, _) => (words::RETRYING, url),
        };
        (self.news, self.since) = (Some(News { phrase: news.0, url: news.1.clone() }), now);
    }

    fn enter(&mut self, part: Part, now: Instant) {
        if self.part == Some(part) {
            return;
        }
        (self.part, self.entered, self.since) = (Some(part), now, now);
        (self.planned, self.done) = (0, 0);
        self.left.clear();
        (self.news, self.said) = (None, None);
    }

    /// The line of the part: which it is, how far it is, the time that has passed and that is left.
    pub(super) fn step(&mut self, room: usize, now: Instant) -> String {
        let part = self.part.map_or(words::STARTING, words::part).get(self.lang);
        let passed = now.saturating_duration_since(self.begun).as_secs();
        let clock = format!("{}:{:02}", passed / 60, passed % 60);
        let mut parts = vec![part.to_owned()];
        if self.planned > 0 {
            parts.push(format!("{}/{}", self.done, self.planned));
        }
        parts.push(clock);
        if self.planned > self.done {
            parts.push(self.time_left(now));
        }
        let mut text = parts.join(" · ");
        let wide = line::width(&text) + BAR + 1;
        if self.planned > 0 && wide <= room {
            let full = BAR * self.done.min(self.planned) / self.planned;
            text = format!("{}{} {text}", "━".repeat(full), "─".repeat(BAR - full));
        }
        while line::width(&text) > room && parts.len() > 1 {
            // On a narrow terminal the name of the part goes first; the line below says what happens.
            parts.remove(0);
            text = parts.join(" · ");
        }
        line::within(&text, room)
    }

    /// The line of what happens now.
    pub(super) fn now(&self, room: usize, now: Instant) -> String {
        let silent = now.saturating_duration_since(self.since) >= SILENCE;
        let ended = |news: &News| news.phrase == words::OPENED || !self.left.contains(&news.url);
        let awaited = self.left.first().map(|url| (words::WAITING, url));
        let news = self.news.as_ref().map(|news| (news.phrase, &news.url));
        let is_stale = silent && self.news.as_ref().is_none_or(ended);
        let Some((phrase, url)) = (if is_stale { awaited.or(news) } else { news.or(awaited) }) else {
            return String::new();
        };
        let phrase = phrase.get(self.lang);
        let address = line::readable_url(url.as_str());
        let address = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
        let rest = room.saturating_sub(line::width(phrase) + 1);
        line::within(&format!("{phrase} {}", line::within(address, rest)), room)
    }

    /// What is said of the time that this part still takes.
    fn time_left(&mut self, now: Instant) -> String {
        if let Some((said, at)) = &self.said
            && now.saturating_duration_since(*at) < STEADY
        {
            return said.clone();
        }
        let said = match self.estimate(now) {
            None => words::UNKNOWN_LEFT.get(self.lang).to_owned(),
            Some(seconds) if seconds <= 50.0 => {
                words::SECONDS_LEFT.fill(self.lang, ((seconds / 10.0).ceil() * 10.0).max(10.0))
            }
            Some(seconds) => words::MINUTES_LEFT.fill(self.lang, (seconds / 60.0).ceil()),
        };
        self.said = Some((said.clone(), now));
        said
    }

    /// Seconds that what is planned will take: as fast as until now, and no faster than the domain with the most left is asked.
    /// Unknown until there is something to tell it by.
    fn estimate(&self, now: Instant) -> Option<f64> {
        let passed = now.saturating_duration_since(self.entered);
        if self.done < LEARNT || passed < LEARNING {
            return None;
        }
        let count = |count: usize| u32::try_from(count).map_or(f64::MAX, f64::from);
        let so_far = passed.as_secs_f64() / count(self.done) * count(self.left.len());
        let mut domains: BTreeMap<String, usize> = BTreeMap::new();
        for url in &self.left {
            *domains.entry(registrable_domain(url)).or_default() += 1;
        }
        let most = domains.into_values().max().unwrap_or(0);
        // Recognition asks nobody.
        let polite = if self.part == Some(Part::Recognising) { 0.0 } else { count(most) * self.period };
        Some(so_far.max(polite))
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Event, Lang, Part, State, Url, line};

    fn urls(count: usize, host: &str) -> Vec<Url> {
        (0..count).map(|n| format!("https://{host}/{n}").parse().unwrap()).collect()
    }

    /// A run of a part of which some URLs are done, one a second.
    fn run(lang: Lang, rate: f64, planned: &[Url], done: usize) -> (State, Instant) {
        let start = Instant::now();
        let mut state = State::new(lang, rate, start);
        state.take(&Event::Part(Part::Submitted), start);
        state.take(&Event::Planned(planned.to_vec()), start);
        let mut now = start;
        for url in &planned[..done] {
            now += Duration::from_secs(1);
            state.take(&Event::Opened(url.clone(), "200".to_owned()), now);
            state.take(&Event::Done(url.clone()), now);
        }
        (state, now)
    }

    #[test]
    fn the_time_left_is_reckoned_from_the_pace_and_unknown_before() {
        let planned = urls(40, "www.example.go.th");
        let (mut state, now) = run(Lang::En, 2.0, &planned, 2);
        assert!(state.step(100, now).contains("time left not known yet"), "{}", state.step(100, now));
        let (mut state, now) = run(Lang::En, 2.0, &planned, 10);
        assert!(
            state.step(100, now).contains("10/40 · 0:10 · about 30 s left in this step"),
            "{}",
            state.step(100, now)
        );
        // The domain may be asked only every ten seconds, however quick the first answers were.
        let (mut state, now) = run(Lang::Th, 0.1, &planned, 10);
        assert!(state.step(100, now).contains("ขั้นนี้เหลือราว 5 นาที"), "{}", state.step(100, now));
        let (mut state, now) = run(Lang::En, 0.1, &planned, 40);
        let all = state.step(100, now);
        assert!(all.contains("40/40") && !all.contains("left"), "{all}");
    }

    #[test]
    fn what_is_said_of_the_time_does_not_jump() {
        let planned = urls(300, "www.example.go.th");
        let (mut state, now) = run(Lang::En, 2.0, &planned, 10);
        let before = state.step(100, now);
        state.take(&Event::Planned(urls(3000, "www.other.go.th")), now);
        let after = state.step(100, now + Duration::from_secs(1));
        assert_eq!(before.split(" · ").last(), after.split(" · ").last());
        assert_ne!(before.split(" · ").last(), state.step(100, now + Duration::from_secs(5)).split(" · ").last());
    }

    #[test]
    fn lines_fit_and_nothing_hostile_is_in_them() {
        let hostile: Url =
            format!("https://www.example.go.th/%E0%B9%88\u{202e}{}?a=\u{200b}%1B[2J", "ก".repeat(300)).parse().unwrap();
        for lang in [Lang::Th, Lang::En] {
            for part in [Part::Submitted, Part::Probing, Part::Following, Part::Recognising, Part::Again, Part::Ways] {
                let start = Instant::now();
                let mut state = State::new(lang, 2.0, start);
                state.take(&Event::Part(part), start);
                state.take(&Event::Planned(vec![hostile.clone()]), start);
                state.take(&Event::Building(hostile.clone()), start);
                for room in [20, 39, 79, 199] {
                    for text in [state.step(room, start), state.now(room, start)] {
                        assert!(line::width(&text) <= room && !text.is_empty(), "{room}: {text}");
                        assert!(!text.contains(|c: char| c.is_control() || "\u{202e}\u{200b}".contains(c)), "{text}");
                    }
                }
            }
        }
    }

    #[test]
    fn silence_names_what_is_waited_for() {
        let planned = urls(3, "slow.example.go.th");
        let (state, now) = run(Lang::Th, 2.0, &planned, 1);
        assert_eq!(state.now(60, now), "เปิดแล้ว slow.example.go.th/0");
        assert_eq!(state.now(60, now + Duration::from_secs(5)), "กำลังรอ slow.example.go.th/1");
    }
}
