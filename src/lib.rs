//! Audits the web pages that a Thai public agency submits for the OIT part of the ITA, as an assessor would, and predicts
//! the score. This page is the architecture; it takes ten minutes to read with one item of `config/catalog/2563.yaml`,
//! [`checks`], and one run of `cargo run --example nang_rong` beside it.
//!
//! # Bird's eye
//!
//! Gather, then judge. One impure phase collects facts into a [`model::Snapshot`]; all that follows is a pure function of
//! it.
//!
//! ```text
//!  agency.yaml ──► config ──┐
//!                           ├─► audit::Plan ─► audit::gather ─► Snapshot ─► audit::judge ─► Report ─► report::render
//!  catalog/2563.yaml ► catalog                 (fetch, extract)   facts     (checks, score)  result       text
//!                                               ▲          │
//!                                               └──────────┘ what is undecided is followed one click further
//! ```
//!
//! Gathering asks the judge what is still undecided and opens only what that needs: an item whose submitted page settles
//! it costs one request. Links of an item beyond the first few are judged as they are read, and their pages are not kept.
//!
//! Last, gathering seeks the clicks from the home page to what was submitted, through pages of which only the links are kept.
//!
//! Below gathering, [`fetch`] is a row of exchanges, one request and its answer each. They come from the network, and a
//! WARC file may keep them; or they come from such a file, and the same run is had again, byte for byte.
//!
//! Documents are read by [`extract`] in processes of their own, which the program starts of itself ([`audit::Readers`]): what
//! breaks a parser costs that document. Pages that are pictures are recognised a few at a time, and only while an item that
//! needs them is undecided.
//!
//! # Floors: use what is below, never what is beside
//!
//! | floor | modules | of note |
//! |---|---|---|
//! | 5 | [`cli`] | one file a command; the only one that prints, reads files and the environment, knows clap and anyhow |
//! | 4 | [`audit`] | plan, gather, judge: moves data between workshops; async only in gather |
//! | 3 | [`catalog`] [`backtest`] | the rules of a year as data: composes checks; reasons in words. Predictions beside announced results |
//! | 2 | [`checks`] [`config`] [`diff`] [`extract`] [`fetch`] [`report`] [`score`] | workshops; siblings never import each other |
//! | 1 | [`thai`] | pure functions over `&str`: digits, normal form, phrases, years |
//! | 0 | [`model`] | plain data, no I/O, imports nothing of ours |
//!
//! A test (`tests/it/architecture.rs`) holds the floors, the doors to the outside world and the length of files.
//!
//! # Invariants
//!
//! 1. [`model`], [`thai`], [`checks`], [`diff`], [`score`] and [`report`] do no I/O and know no clock, no environment, no async. They
//!    cannot fail; they can only be unsure.
//! 2. Outcomes are ordered, `NotMet < Unsure < Met`: all of several is the least, any of several the greatest. Nothing at
//!    all never passes. `NotMet` is allowed only where everything needed was read. Advice rides beside `Met`.
//! 3. The same snapshot gives the same report, byte for byte. Maps are ordered.
//! 4. Only a body with a status of success becomes a document: the text of a bot wall is not the agency's.
//!    Nor is a page that stands in for another, asks for a login or carries spam ([`checks::Nature`]).
//! 5. What a site's pages have in common is no page's own and no evidence: menus name every item, footers this year. Nor
//!    are the criteria that a page repeats, running headlines, or the dates beside a list of links.
//! 6. An item's reasons come only from what decided it.
//! 7. A bad page is a fact ([`model::Fetched`], [`model::Document`]), a user's mistake is a problem ([`config::Problem`],
//!    with file, line and column, all collected), our own failure is an error (typed). Never one enum for two of them.
//! 8. Nothing in `src/` names an item or says how many there are; `config/catalog/*` does.
//! 9. A rule that is not verified never fails an item; it asks for a person.
//! 10. A report is self-contained: whoever prints it looks nothing up. Its JSON form is a published, versioned format.
//! 11. One check's or parser's failure costs that finding, never the run.
//! 12. Page text is hostile everywhere it is shown.
//!
//! # How to add
//!
//! | what | touches |
//! |---|---|
//! | a rule of an existing kind, an item, a synonym | the year's YAML |
//! | a wall against robots | `config/walls.yaml` |
//! | how the criteria are worded that pages repeat | `config/criteria.yaml` |
//! | a viewer, a store, a social network | `config/targets.yaml` |
//! | a fiscal year | its YAML (`like` takes what goes on from another year), one line in `catalog/builtin.rs` |
//! | a kind of check | `checks/<name>.rs`, one entry in `checks/mod.rs`, `catalog/like.rs`, `catalog/explain.rs`; with new reasons also `model/reason.rs` and `config/messages.yaml` |
//! | a sign of a missing, walled or hacked page | `config/natures.yaml` |
//! | what to do next about a reason, and how much work that is | `config/steps.yaml` |
//! | how often verdicts are right | `config/confidence.yaml`, written by `benches/confidence/confidence.py` |
//! | a report format | `report/<format>.rs`, one entry in `report/mod.rs` |
//! | a document format | `extract/<format>.rs`, one entry in `extract/mod.rs`, its signs in `extract/sniff.rs` |
//! | what may come to light in reading | `model/read_note.rs`, with its words |
//! | a command | `cli/<name>.rs`, its arguments in `cli/args.rs` |
//!
//! Each list that can drift from another has a test that compares the two.
//!
//! # Glossary
//!
//! | word | Thai | meaning |
//! |---|---|---|
//! | agency | หน่วยงาน | who is assessed; its file lists what it submits |
//! | item | ประเด็นการตรวจ (ข้อ) | one thing that is assessed, 100 or 0 |
//! | sub-indicator, indicator | ตัวชี้วัดย่อย, ตัวชี้วัด | means of items, means of those |
//! | OIT, IIT, EIT | แบบวัด OIT, IIT, EIT | the three instruments; their weighted sum is ITA |
//! | fiscal year | ปีงบประมาณ | October to September, named by its Buddhist-era year |
//! | catalogue | เกณฑ์การประเมิน | the rules of a fiscal year, as data |
//! | link | link, URL | what was submitted for an item |
//! | check | การตรวจ | a kind of demand; takes its parameters from the catalogue |
//! | finding, outcome | ผลการตรวจ | what a check makes of the facts |
//! | reason | ความคิดเห็น | a finding in the assessors' words, with a stable code |
//! | evidence | หลักฐาน | what was seen, quoted |
//! | verdict | ผลข้อ | pass, pass with advice, fail, or review by a person |
//! | snapshot | – | all that was gathered in a run |
//! | exchange | – | a request and what came of it |
//! | archive | – | a run's exchanges in a WARC file; a replay gathers the same snapshot from it |
//! | template | – | what a site's pages have in common |
//! | lead | – | a link on a page that may show an item's content |
//! | baseline | – | an earlier report that a run is held against |
//! | way, click | ทางเข้า, คลิก | how a visitor comes from the home page to a link |
//! | memo | บันทึกข้อความ | what an officer signs of a report, as DOCX; the agency file's `memo` section says what only the agency knows |
//! | reader | – | a process that reads documents |
//! | recognition (OCR) | การรู้จำอักขระ | reading a page that is a picture |
//! | readability | – | how much of a document could be read: all, a part, nothing |

pub mod audit;
pub mod backtest;
pub mod catalog;
pub mod checks;
pub mod cli;
pub mod config;
pub mod diff;
pub mod extract;
pub mod fetch;
pub mod model;
pub mod report;
pub mod score;
pub mod thai;
