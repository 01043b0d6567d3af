//! The agencies: each publishes all items of the year in its own words.

use std::collections::BTreeMap;

use crate::markup::{Source, sources};

/// An agency and what it publishes.
pub(crate) struct Voice {
    pub(crate) letter: char,
    /// No rule was first written with it in view.
    pub(crate) held_out: bool,
    pub(crate) name: &'static str,
    pub(crate) host: &'static str,
    /// What footers show; the same as its page of contacts.
    pub(crate) address: &'static str,
    pub(crate) phone: &'static str,
    /// What the home page says of it.
    pub(crate) welcome: &'static str,
    /// What moves or stands beside every page, this year's number in all of it.
    pub(crate) news: &'static [&'static str],
    pub(crate) items: BTreeMap<u8, Source>,
}

macro_rules! content {
    ($letter:literal) => {
        [
            include_str!(concat!("content/", $letter, "/basic.txt")),
            include_str!(concat!("content/", $letter, "/work.txt")),
            include_str!(concat!("content/", $letter, "/money.txt")),
            include_str!(concat!("content/", $letter, "/people.txt")),
            include_str!(concat!("content/", $letter, "/open.txt")),
            include_str!(concat!("content/", $letter, "/integrity.txt")),
        ]
    };
}

pub(crate) fn voices() -> Vec<Voice> {
    let items = |files: [&str; 6]| files.into_iter().flat_map(sources).collect::<BTreeMap<_, _>>();
    vec![
        Voice {
            letter: 'a',
            held_out: false,
            name: "องค์การบริหารส่วนตำบลโนนสวรรค์งาม",
            host: "www.nonsawanngam.go.th",
            address: "199 หมู่ 4 ถนนแจ้งสนิท ต.โนนสวรรค์งาม อ.โพนทราย จ.ร้อยเอ็ด 45240",
            phone: "โทร. 0 4350 9911",
            welcome: "ยินดีต้อนรับสู่เว็บไซต์ตำบลโนนสวรรค์งาม ดินแดนข้าวหอมมะลิทุ่งกุลา ผ้าไหมลายขอ และพระธาตุเก่าแก่คู่บ้านคู่เมือง \
                  พื้นที่ 62 ตารางกิโลเมตร 12 หมู่บ้าน ประชากร 6,418 คน",
            news: &[
                "ขอเชิญร่วมโครงการ ITA ปี 2563 ตอบแบบวัดได้ถึง 31 ก.ค. 2563",
                "มาตรการป้องกันโควิด-19 ปี 2563",
                "ปฏิทินกิจกรรมปีงบประมาณ พ.ศ. 2563",
                "วันหยุดราชการประจำปี 2563",
                "อัตราค่าน้ำประปาหมู่บ้าน เริ่มใช้ มี.ค. 63",
            ],
            items: items(content!("a")),
        },
        Voice {
            letter: 'b',
            held_out: false,
            name: "เทศบาลเมืองทุ่งหลวงพัฒนา",
            host: "www.thungluangpattana.go.th",
            address: "เลขที่ 88 ถนนเทศบาล 1 ต.ทุ่งหลวง อ.เมือง จ.สุพรรณบุรี 72000",
            phone: "Tel. 035-599-700",
            welcome: "เทศบาลเมืองทุ่งหลวงพัฒนา เมืองริมคลองที่มีตลาดเก่าร้อยปี ประเพณีแข่งเรือยาว และขนมหม้อแกงขึ้นชื่อ ประชากร 31,250 คน 14 ชุมชน",
            news: &[
                "รณรงค์คัดแยกขยะ ปี 2563",
                "ตารางรถขยะประจำเดือน พ.ศ. 2563",
                "เทศบาลใส่ใจสุขภาพ ต้านภัยโควิด 2563",
                "ชำระภาษีที่ดินฯ ปี 2563 ขยายเวลาถึง ส.ค. 63",
                "ร่วมประเมิน ITA 2563 ผ่าน QR Code",
                "ปีใหม่ 2563 เดินทางปลอดภัย",
            ],
            items: items(content!("b")),
        },
        // Held out: rules are tuned on the others, and measured on it.
        Voice {
            letter: 'c',
            held_out: true,
            name: "กรมส่งเสริมการเดินเรือชายฝั่ง",
            host: "www.dcst.go.th",
            address: "1550 อาคารชลสาร ถนนพระรามที่ 3 แขวงบางโคล่ เขตบางคอแหลม กรุงเทพมหานคร 10120",
            phone: "โทรศัพท์กลาง 0 2555 8100",
            welcome: "กรมส่งเสริมการเดินเรือชายฝั่ง ดูแลเรือโดยสารและท่าเทียบเรือขนาดเล็กใน 23 จังหวัดชายทะเล ให้ทุกเที่ยวถึงฝั่งปลอดภัย",
            news: &[
                "พยากรณ์คลื่นลมฤดูมรสุม ปี 2563",
                "ตารางสอบนายท้ายเรือ ประจำปี พ.ศ. 2563",
                "กรมร่วมใจสู้โควิด-19 พ.ศ. 2563",
                "ตอบแบบวัด EIT ปี 2563 คลิกที่นี่",
                "สถานีตรวจเรือเคลื่อนที่ มิ.ย. 63",
            ],
            items: items(content!("c")),
        },
    ]
}
