//! The markup of each shape.

use super::{Frame, Parts, Shape};
use crate::criteria::CRITERIA;
use crate::html::escaped;
use crate::items::ITEMS;

fn list(menu: &[(String, String)], class: &str) -> String {
    let entries: String = menu
        .iter()
        .map(|(name, to)| format!("<li class=\"{class}\"><a href=\"{}\">{name}</a></li>\n", escaped(to)))
        .collect();
    format!("<ul class=\"menu\">\n{entries}</ul>\n")
}

pub(super) fn shell(shape: Shape, parts: &Parts) -> String {
    let Parts { title, heading, main, menu, news, agency, footer, number } = parts;
    let hits = 317 + number * 41 % 2600;
    let ticker = news.join(" &nbsp; ❖ &nbsp; ");
    let sidebar: String =
        news.iter().take(3).map(|text| format!("<li><a href=\"/news/{}\">{text}</a></li>\n", number % 7)).collect();
    match shape {
        Shape::Joomla => format!(
            "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"th-th\" dir=\"ltr\">\n<head><meta charset=\"utf-8\">\n\
             <meta name=\"generator\" content=\"Joomla! - Open Source Content Management\"><title>{title}</title></head>\n<body class=\"site\">\n\
             <div id=\"header\"><img src=\"/images/logo.png\" alt=\"{agency}\"><h1>{agency}</h1></div>\n\
             <div id=\"left\"><div class=\"moduletable\"><h3>เมนูหลัก</h3>{menu}</div>\n\
             <div class=\"moduletable\"><h3>สถิติผู้เยี่ยมชม</h3><p>วันนี้ {visits} เดือนนี้ 2154 ทั้งหมด 184023</p></div></div>\n\
             <div class=\"item-page\"><h2 itemprop=\"headline\">{heading}</h2><dl class=\"article-info\"><dd>ฮิต: {hits}</dd></dl>\n\
             <div itemprop=\"articleBody\">{main}</div></div>\n\
             <div id=\"right\"><h3>ข่าวล่าสุด</h3><ul class=\"latestnews\">{sidebar}</ul></div>\n\
             <div id=\"footer\"><p>{footer}</p></div>\n</body></html>",
            menu = list(menu, "item"),
            visits = hits % 90,
        ),
        Shape::WordPress => format!(
            "<!DOCTYPE html>\n<html lang=\"th\">\n<head><meta charset=\"UTF-8\"><title>{title} &#8211; {agency}</title>\n\
             <link rel=\"stylesheet\" href=\"/wp-content/themes/flat/style.css\"></head>\n<body class=\"page-template-default page\">\n\
             <header id=\"masthead\"><p class=\"site-title\"><a href=\"/\">{agency}</a></p>\n<nav class=\"main-navigation\">{menu}</nav>\n\
             <marquee>{ticker}</marquee></header>\n<main id=\"main\"><article class=\"post\"><header><h1 class=\"entry-title\">{heading}</h1></header>\n\
             <div class=\"entry-content\">{main}</div></article></main>\n<aside id=\"secondary\"><section class=\"widget\"><h2>เรื่องล่าสุด</h2>\n\
             <ul>{sidebar}</ul></section><section class=\"widget\"><h2>คลังเก็บ</h2><ul><li>มิถุนายน 2563 (14)</li><li>พฤษภาคม 2563 (9)</li>\
             <li>มกราคม 2563 (21)</li></ul></section></aside>\n<footer id=\"colophon\">{footer} Proudly powered by WordPress</footer>\n</body></html>",
            menu = list(menu, "menu-item"),
        ),
        Shape::Wmsi => format!(
            "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"><title>{agency} :: {title}</title></head>\n<body>\n\
             <div id=\"itgtop\">{agency}</div><div id=\"itgmenu\">{menu}</div>\n<div class=\"itgnews\"><div class=\"runtext\">{ticker}</div></div>\n\
             <div id=\"itgcontent\"><div class=\"itgheader\">{heading}</div><div class=\"itgdetail\">{main}</div></div>\n\
             <div id=\"itgbanner\"><ul>{sidebar}</ul><p>ผู้ชมออนไลน์ {online} คน</p></div><div id=\"itgfoot\">{footer}</div></body></html>",
            menu = list(menu, "itgm"),
            online = number % 9 + 1,
        ),
        Shape::CodeIgniter => format!(
            "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{agency}</title><link href=\"/docs/bootstrap.min.css\" rel=\"stylesheet\">\
             </head>\n<body><div class=\"navbar\"><div class=\"dropdown-content\">{menu}</div></div>\n<div class=\"welcome-btm\"><marquee>{ticker}</marquee></div>\n\
             <div class=\"text-center pages-head\"><span class=\"font-pages-head\">{heading}</span></div>\n<div class=\"bg-pages-in\">\
             <span class=\"font-page-detail-view-news\">{title}</span>\n{main}</div>\n<div class=\"blog-posts\"><ul>{sidebar}</ul></div>\n\
             <footer class=\"footer\">{footer} จำนวนผู้เข้าชม {hits}</footer></body></html>",
            menu = list(menu, "dropdown-item"),
        ),
        Shape::Dreamweaver => format!(
            "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\">\n<html><head>\
             <meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-874\">\n\
             <meta http-equiv=\"Content-Type\" content=\"text/html; charset=tis-620\">{third}\n<title>{agency}</title></head>\n\
             <body bgcolor=\"#FFFFFF\"><table width=\"1000\" align=\"center\" border=\"0\"><tr><td colspan=\"2\"><img src=\"/images/head.jpg\">\
             <marquee scrollamount=\"3\">{ticker}</marquee></td></tr>\n<tr><td width=\"200\" valign=\"top\">{menu}<br>{sidebar}</td>\n\
             <td valign=\"top\"><p align=\"center\"><b><font size=\"5\">{heading}</font></b></p>{main}</td></tr>\n\
             <tr><td colspan=\"2\" align=\"center\"><font size=\"1\">{footer}<br>ผู้เยี่ยมชมลำดับที่ {hits}</font></td></tr></table></body></html>",
            menu = list(menu, "m")
                .replace("<li class=\"m\">", "")
                .replace("</li>", "<br>")
                .replace("<ul class=\"menu\">", "")
                .replace("</ul>", ""),
            ticker = ticker.replace('❖', "*"),
            third = if number.is_multiple_of(3) { "<meta charset=\"utf-8\">" } else { "" },
        ),
        Shape::OneTable => format!(
            "<!doctype html><html lang=\"th\"><head><meta charset=\"utf-8\"><title>{title} | {agency}</title></head><body>\n<header><h1>{agency}</h1>\
             <nav>{menu}</nav></header><section class=\"slide\">{ticker}</section>\n<div class=\"container\"><h2>{heading}</h2>{main}</div>\n\
             <aside><h4>ประกาศ</h4><ul>{sidebar}</ul></aside><footer><p>{footer}</p></footer></body></html>",
            menu = list(menu, "nav-item"),
        ),
        Shape::Yii => format!(
            "<!DOCTYPE html><html lang=\"th-TH\"><head><meta charset=\"UTF-8\"/><meta name=\"csrf-param\" content=\"_csrf\"><title>{title}</title></head>\n\
             <body><div class=\"wrap\"><nav id=\"w0\" class=\"navbar\"><a class=\"navbar-brand\" href=\"/\">{agency}</a>{menu}</nav>\n<div class=\"container\">\
             <ul class=\"breadcrumb\"><li><a href=\"/\">หน้าแรก</a></li><li class=\"active\">{heading}</li></ul>\n<div class=\"panel panel-info\">\
             <div class=\"panel-heading\">{heading}</div><div class=\"panel-body\">{main}</div></div></div>\n<div class=\"well\"><marquee>{ticker}</marquee>\
             <ul>{sidebar}</ul></div></div><footer class=\"footer\"><p>{footer}</p></footer></body></html>",
            menu = list(menu, "nav"),
        ),
    }
}

/// The page that lists every item, where menus do not.
pub(super) fn ita(frame: &Frame) -> String {
    let name = |item: u8| escaped(ITEMS[usize::from(item) - 1].1);
    match frame.shape {
        Shape::Wmsi => {
            let entries: String = frame
                .targets
                .iter()
                .map(|(item, to)| {
                    format!("<li class=\"detail_ita\"><a href=\"{}\">{}</a></li>\n", escaped(to), name(*item))
                })
                .collect();
            format!(
                "<dl><div class=\"itgmenudata\"><div class=\"itgtoggle\"><dt>ตัวชี้วัดที่ 9 - 10</dt></div>\
                 <ul class=\"itghidedata\" style=\"display:none\"><li class=\"submenu_ita\"><ul>{entries}</ul></li></ul></div></dl>"
            )
        }
        Shape::OneTable => {
            let rows: String = frame
                .targets
                .iter()
                .map(|(item, to)| {
                    let criteria = escaped(CRITERIA[usize::from(*item) - 1]);
                    let url = format!("http://{}{to}", frame.voice.host);
                    format!(
                        "<tr><td>O{item}</td><td>{}</td><td><a href=\"{to}\">{url}</a></td><td>{criteria}</td></tr>\n",
                        name(*item),
                        to = escaped(to),
                        url = escaped(&url)
                    )
                })
                .collect();
            format!(
                "<table class=\"table\"><tr><th>ข้อ</th><th>ข้อมูล</th><th>URL</th><th>คำอธิบาย</th></tr>{rows}</table>"
            )
        }
        _ => {
            let entries: String = frame
                .targets
                .iter()
                .map(|(item, to)| format!("<li><a href=\"{}\">0{item:02} {}</a></li>\n", escaped(to), name(*item)))
                .collect();
            format!("<ol>{entries}</ol>")
        }
    }
}
