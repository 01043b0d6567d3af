//! Content as the markup that an agency's content management system makes of it.

use crate::markup::{Block, Content};

/// How a system writes headings and tables.
#[derive(Clone, Copy)]
pub(crate) struct Manner {
    pub(crate) heading: (&'static str, &'static str),
    pub(crate) table: &'static str,
}

pub(crate) const MODERN: Manner =
    Manner { heading: ("<h3>", "</h3>"), table: "<table class=\"table table-bordered\">" };
pub(crate) const OLD: Manner = Manner {
    heading: ("<p><strong><font size=\"3\" color=\"#000099\">", "</font></strong></p>"),
    table: "<table width=\"98%\" border=\"1\" cellspacing=\"0\" cellpadding=\"2\">",
};

/// The content without its title.
pub(crate) fn body(content: &Content, manner: Manner) -> String {
    let mut html = String::new();
    for (at, block) in content.blocks.iter().enumerate() {
        match block {
            Block::Heading(text) => html += &format!("{}{}{}\n", manner.heading.0, escaped(text), manner.heading.1),
            Block::Text(text) => html += &format!("<p>{}</p>\n", escaped(text)),
            Block::Entries(entries) => {
                html += "<ul>\n";
                for entry in entries {
                    html += &format!("<li>{}</li>\n", escaped(entry));
                }
                html += "</ul>\n";
            }
            Block::Table(rows) => {
                html += manner.table;
                html += "\n";
                for (row_at, row) in rows.iter().enumerate() {
                    let cell = if row_at == 0 { "th" } else { "td" };
                    let cells: String = row.iter().map(|text| format!("<{cell}>{}</{cell}>", escaped(text))).collect();
                    html += &format!("<tr>{cells}</tr>\n");
                }
                html += "</table>\n";
            }
            Block::Special(parts) => html += &special(parts, at),
        }
    }
    html
}

/// What only a page shows.
fn special(parts: &[String], at: usize) -> String {
    let part = |at: usize| parts.get(at).map_or(String::new(), |part| escaped(part));
    match parts[0].as_str() {
        "photo" => format!("<p><img src=\"/images/upload/pic_{at:03}.jpg\" width=\"160\" alt=\"\"></p>\n"),
        "map" => "<iframe src=\"https://www.google.com/maps/embed?pb=!1m18!1m12!1m3!1d3829.1!2d103.98!3d15.46\" width=\"600\" \
                  height=\"400\"></iframe>\n"
            .to_owned(),
        "social" => format!("<p><a href=\"{}\" target=\"_blank\"><img src=\"/images/ic{at}.png\" alt=\"\"> {}</a></p>\n", part(1), part(2)),
        "link" => format!("<p><a href=\"{}\">{}</a></p>\n", part(1), part(2)),
        "chat" => format!("<div class=\"fb-customerchat\" page_id=\"1029384756\"></div><p><a href=\"{}\">{}</a></p>\n", part(1), part(2)),
        "board" => format!(
            "<div class=\"topic\"><p><b>{}</b> <small>{}</small></p><div class=\"reply\"><p>เจ้าหน้าที่: {}</p></div></div>\n",
            part(1),
            part(3),
            part(2)
        ),
        "form" => {
            let mut html = format!("<form method=\"post\" action=\"/form/save{at}\"><fieldset><legend>{}</legend>\n", part(1));
            for (field_at, field) in parts[2..parts.len() - 1].iter().enumerate() {
                html += &match field.strip_suffix('*') {
                    Some(name) => format!("<p><label>{}</label> <textarea name=\"f{field_at}\" rows=\"5\"></textarea></p>\n", escaped(name)),
                    None => format!("<p><label>{}</label> <input type=\"text\" name=\"f{field_at}\"></p>\n", escaped(field)),
                };
            }
            html + &format!("<p><input type=\"submit\" value=\"{}\"></p></fieldset></form>\n", part(parts.len() - 1))
        }
        other => panic!("content/ asks for an unknown special: {other}"),
    }
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
