//! The head of the form, and what was assessed by whom.

use super::emblem::Emblem;
use super::markup::{Face, Paragraph, Stop, WIDTH};
use super::numerals::{audited, date, thai};
use super::{BLANK, NAME, Page, parts, shorten};
use crate::report::{view, words};

impl Page<'_> {
    /// The subject: the memo's own, or one that says that this is a prediction.
    pub(super) fn subject(&self) -> String {
        let own = self.memo.subject.as_deref().map(|subject| thai(&shorten(subject, NAME)));
        own.unwrap_or_else(|| {
            format!(
                "รายงานผลการประเมินเบื้องต้นด้านการเปิดเผยข้อมูลสาธารณะ (Open Data Integrity and Transparency Assessment: OIT) \
                 ตามการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA) ประจำปีงบประมาณ พ.ศ. {}",
                self.year()
            )
        })
    }

    pub(super) fn opening(&mut self, emblem: Option<&Emblem>) {
        let memo = self.memo;
        let drawing = emblem.map(|emblem| emblem.drawing(parts::EMBLEM)).unwrap_or_default();
        let title = Paragraph::new("Title").stops(&[Stop::Centre(WIDTH / 2)]).raw(&drawing).tab(Face::Plain);
        self.push(&title.run("บันทึกข้อความ", Face::Name));

        let text = |value: Option<&String>| value.map(|value| thai(&shorten(value, NAME))).unwrap_or_default();
        let (half, end) = (Stop::Left(WIDTH / 2), Stop::Right(WIDTH));
        let field = |stops: &[Stop], label: &str, value: &str| {
            let line = Paragraph::new("Field").stops(stops).run(label, Face::Label);
            line.run(&format!(" {value}"), Face::Dotted).tab(Face::Dotted)
        };
        self.push(&field(&[end], "ส่วนราชการ", &text(memo.office.as_ref())));
        let day = memo.date.map(date).unwrap_or_default();
        let number = field(&[half, end], "ที่", &text(memo.number.as_ref()));
        self.push(&number.run("วันที่", Face::Label).run(&format!(" {day}"), Face::Dotted).tab(Face::Dotted));
        self.push(&field(&[end], "เรื่อง", &self.subject()));
        let to = memo.to.as_ref().map_or_else(|| BLANK.to_owned(), |to| thai(&shorten(to, NAME)));
        let line = Paragraph::new("To").stops(&[Stop::Left(709)]);
        self.push(&line.text("เรียน").tab(Face::Plain).text(&to));
        self.background();
    }

    fn background(&mut self) {
        let (agency, year) = (self.agency.clone(), self.year());
        self.body(
            "ตามที่สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ (สำนักงาน ป.ป.ช.) ได้พัฒนาเครื่องมือการประเมินเชิงบวก\
             เพื่อเป็นมาตรการป้องกันการทุจริต และเป็นกลไกในการสร้างความตระหนักให้หน่วยงานภาครัฐมีการดำเนินงานอย่างโปร่งใสและมีคุณธรรม \
             โดยใช้ชื่อว่า “การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (Integrity and Transparency \
             Assessment: ITA)” นั้น",
        );
        let report = self.report;
        let audited = audited(report);
        // Days that contradict one another tell of no order of events.
        let in_order = super::audited_after(report, self.memo).is_none();
        let occasion = match self.memo.announced {
            Some(announced) if !in_order || audited < announced => format!(
                "สำนักงาน ป.ป.ช. ได้ประกาศผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA) \
                 ประจำปีงบประมาณ พ.ศ. {year} ณ วันที่ {} บันทึกนี้วิเคราะห์ประเด็นที่ต้องแก้ไขและกำหนดมาตรการปรับปรุง\
                 จากการตรวจการเปิดเผยข้อมูลสาธารณะ (OIT) ของ{agency}",
                date(announced)
            ),
            Some(announced) => format!(
                "บัดนี้ สำนักงาน ป.ป.ช. ได้ประกาศผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ (ITA) \
                 ประจำปีงบประมาณ พ.ศ. {year} ณ วันที่ {} แล้ว {agency} จึงได้ตรวจสอบการเปิดเผยข้อมูลสาธารณะ (OIT) ของหน่วยงาน\
                 เพื่อวิเคราะห์ประเด็นที่ต้องแก้ไขและกำหนดมาตรการปรับปรุง",
                date(announced)
            ),
            None if !in_order => format!(
                "บันทึกนี้วิเคราะห์ประเด็นที่ต้องแก้ไขเพื่อเตรียมความพร้อมรับการประเมิน จากการตรวจประเมินตนเองเป็นการภายใน\
                 ด้านการเปิดเผยข้อมูลสาธารณะ (OIT) ประจำปีงบประมาณ พ.ศ. {year} ของ{agency}"
            ),
            None => format!(
                "{agency} จึงได้ตรวจประเมินตนเองเป็นการภายในด้านการเปิดเผยข้อมูลสาธารณะ (OIT) ประจำปีงบประมาณ พ.ศ. {year} \
                 เพื่อวิเคราะห์ประเด็นที่ต้องแก้ไขและเตรียมความพร้อมรับการประเมิน"
            ),
        };
        self.body(&format!(
            "{occasion} โดยใช้โปรแกรม oit-audit รุ่น {} เปิดตรวจ URL ที่หน่วยงานระบุในแต่ละข้อ จากเว็บไซต์หลัก {} เมื่อวันที่ {}",
            thai(&shorten(&report.tool_version, 40)),
            shorten(report.agency.website.as_str(), NAME),
            date(audited)
        ));
        let survey = if report.survey.is_some() {
            " ส่วนคะแนนแบบวัด IIT และ EIT เป็นคะแนนที่หน่วยงานทราบหรือคาดไว้ มิใช่ผลการตรวจของโปรแกรม"
        } else {
            ""
        };
        let rules = match view::catalog_warning(report).map(|warning| warning == words::NOT_VERIFIED) {
            None => String::new(),
            Some(none) => {
                let how = if none {
                    "ยังไม่ได้ยืนยันกับเอกสารทางการ"
                } else {
                    "ยืนยันกับเอกสารทางการได้เพียงบางส่วน"
                };
                format!(" และหลักเกณฑ์ของปีงบประมาณ พ.ศ. {year} ที่ใช้คาดการณ์{how} (ดูหมายเหตุท้ายบันทึก)")
            }
        };
        self.body(&format!(
            "ทั้งนี้ คะแนนและความคิดเห็นด้านการเปิดเผยข้อมูลสาธารณะในบันทึกนี้เป็นผลการประเมินเบื้องต้นซึ่งโปรแกรมเป็นผู้คาดการณ์ \
             มิใช่ผลการประเมินที่สำนักงาน ป.ป.ช. ประกาศ{rules}{survey}"
        ));
    }
}
