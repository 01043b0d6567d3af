//! The catalogues that are compiled into the program, one line a year. One is read when it is first asked for, with those
//! that it takes rules from.

use std::sync::{LazyLock, OnceLock};

use super::{Catalog, CatalogError};
use crate::model::FiscalYear;

const SOURCES: &[(u16, &str)] = &[
    (2562, include_str!("../../config/catalog/2562.yaml")),
    (2563, include_str!("../../config/catalog/2563.yaml")),
    (2564, include_str!("../../config/catalog/2564.yaml")),
    (2565, include_str!("../../config/catalog/2565.yaml")),
    (2566, include_str!("../../config/catalog/2566.yaml")),
    (2567, include_str!("../../config/catalog/2567.yaml")),
    (2568, include_str!("../../config/catalog/2568.yaml")),
    (2569, include_str!("../../config/catalog/2569.yaml")),
];

static SHELF: LazyLock<Shelf> = LazyLock::new(|| Shelf::new(SOURCES));

/// Catalogues that may take rules from one another.
pub(super) struct Shelf {
    books: Vec<Book>,
}

/// A catalogue: its file, and what came of reading it, once it was.
struct Book {
    year: FiscalYear,
    source: &'static str,
    read: OnceLock<Result<Catalog, CatalogError>>,
}

impl Shelf {
    fn new(sources: &[(u16, &'static str)]) -> Self {
        let book =
            |(year, source): &(u16, &'static str)| Book { year: FiscalYear::new(*year), source, read: OnceLock::new() };
        Self { books: sources.iter().map(book).collect() }
    }

    /// The catalogue of a year. `asked` are the years whose catalogues are being read and led here.
    fn get(&self, year: FiscalYear, asked: &[FiscalYear]) -> Result<&Catalog, String> {
        if asked.contains(&year) {
            let way: Vec<String> = asked.iter().chain([&year]).map(ToString::to_string).collect();
            return Err(format!("catalogues take rules from one another in a circle: {}", way.join(" → ")));
        }
        let Some(Book { source, read, .. }) = self.books.iter().find(|book| book.year == year) else {
            let years: Vec<String> = self.books.iter().map(|book| book.year.to_string()).collect();
            return Err(format!("there is no built-in catalogue of {year}; built in: {}", years.join(", ")));
        };
        if read.get().is_none() {
            let asked = [asked, &[year]].concat();
            // Read before it is kept: two threads may then do it twice, but never wait for one another.
            let parsed = Catalog::parse_with(source, &|other| self.get(other, &asked));
            let _kept = read.set(parsed);
        }
        match read.get() {
            Some(Ok(catalog)) => Ok(catalog),
            Some(Err(error)) => Err(format!("the catalogue of {year} is not sound: {error}")),
            None => Err(format!("the catalogue of {year} was not read")),
        }
    }
}

/// The built-in catalogue of a fiscal year, if there is one.
pub fn builtin(year: FiscalYear) -> Option<&'static Catalog> {
    SHELF.get(year, &[]).ok()
}

/// The same, or why there is none.
pub(super) fn lookup(year: FiscalYear) -> Result<&'static Catalog, String> {
    SHELF.get(year, &[])
}

/// The fiscal years that have a built-in catalogue, in order.
pub fn builtin_years() -> Vec<u16> {
    SOURCES.iter().map(|(year, _)| *year).collect()
}

#[cfg(test)]
mod tests {
    use super::{Shelf, builtin_years, lookup};
    use crate::model::FiscalYear;

    #[test]
    fn every_catalogue_is_sound_and_of_the_year_that_it_is_listed_under() {
        for year in builtin_years() {
            match lookup(FiscalYear::new(year)) {
                Ok(catalog) => assert_eq!(catalog.fiscal_year.buddhist(), year),
                Err(error) => panic!("{year}: {error}"),
            }
        }
    }

    #[test]
    fn every_file_is_listed() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/config/catalog");
        let mut files: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        files.sort();
        let listed: Vec<String> = builtin_years().iter().map(|year| format!("{year}.yaml")).collect();
        assert_eq!(files, listed);
    }

    #[test]
    fn catalogues_that_take_from_one_another_are_refused() {
        let of = |year: u16, like: u16| -> &'static str {
            let text = format!(
                "fiscal_year: {year}\nstatus: partly\nsource: x\nlike: {{year: {like}, source: y}}\nitems: []\n"
            );
            Box::leak(text.into_boxed_str())
        };
        let shelf = Shelf::new(&[(2601, of(2601, 2602)), (2602, of(2602, 2603)), (2603, of(2603, 2601))]);
        let error = shelf.get(FiscalYear::new(2602), &[]).unwrap_err();
        assert!(error.contains("in a circle: 2602 → 2603 → 2601 → 2602"), "{error}");
        let shelf = Shelf::new(&[(2601, of(2601, 2601))]);
        assert!(shelf.get(FiscalYear::new(2601), &[]).unwrap_err().contains("2601 → 2601"));
        let shelf = Shelf::new(&[(2601, of(2601, 2570))]);
        let error = shelf.get(FiscalYear::new(2601), &[]).unwrap_err();
        assert!(error.contains("line 4: `like`: there is no built-in catalogue of 2570; built in: 2601"), "{error}");
    }
}
