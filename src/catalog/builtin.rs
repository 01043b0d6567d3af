//! The catalogues that are compiled into the program, one line a year.

use std::sync::LazyLock;

use super::{Catalog, CatalogError};
use crate::model::FiscalYear;

const SOURCES: &[(u16, &str)] = &[(2563, include_str!("../../config/catalog/2563.yaml"))];

static CATALOGS: LazyLock<Vec<(u16, Result<Catalog, CatalogError>)>> =
    LazyLock::new(|| SOURCES.iter().map(|(year, source)| (*year, Catalog::parse(source))).collect());

/// The built-in catalogue of a fiscal year, if there is one.
pub fn builtin(year: FiscalYear) -> Option<&'static Catalog> {
    let (_, catalog) = CATALOGS.iter().find(|(built_in, _)| *built_in == year.buddhist())?;
    catalog.as_ref().ok()
}

/// The fiscal years that have a built-in catalogue, in order.
pub fn builtin_years() -> Vec<u16> {
    SOURCES.iter().map(|(year, _)| *year).collect()
}

#[cfg(test)]
mod tests {
    use super::{CATALOGS, builtin_years};

    #[test]
    fn every_catalogue_is_sound_and_of_the_year_that_it_is_listed_under() {
        for (year, catalog) in CATALOGS.iter() {
            match catalog {
                Ok(catalog) => assert_eq!(catalog.fiscal_year.buddhist(), *year),
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
}
