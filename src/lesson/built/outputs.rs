//! What programs print, written into lessons when they are built: the page itself cannot ask any.

use crate::lesson::Lesson;
use crate::lesson::check::run;
use crate::lesson::error::{LessonError, Trouble};
use crate::lesson::file::{FileBlock, LessonFile};
use crate::lesson::path::{Expr, Term};
use crate::lesson::prose::{Node, Prose};
use crate::lesson::resolve::OUTPUT;
use crate::lesson::table::{Item, Table, Value};
use crate::lesson::template::Piece;
use crate::run::Run;

/// Writes the outputs that the lesson has into its texts.
///
/// # Errors
/// An output that is not known, one of a run that is not the same every time, or one outside of Markdown.
pub fn write(file: &mut LessonFile) -> Result<(), Vec<LessonError>> {
    let lesson = Lesson::read(file)?;
    let (name, mut errors) = (file.file.clone(), Vec::new());
    for (page, read) in file.pages.iter_mut().zip(&lesson.pages) {
        let mut found = Found { file: &name, outputs: Vec::new(), errors: Vec::new() };
        found.page(&mut page.blocks, &mut page.notes);
        errors.append(&mut found.errors);
        if found.outputs.is_empty() {
            continue;
        }
        let scenario = lesson.scenario_of(read);
        let run = match run(&scenario.seeded(None)) {
            Ok(run) if scenario.is_fixed() => run,
            Ok(_) => {
                let fix = "name a seed in the page's `scenario`, so that it has this one run";
                let trouble = Trouble::new("what a program prints, of a run that may change", fix);
                errors.push(trouble.at(&name, read.line));
                continue;
            }
            Err(trouble) => {
                errors.push(trouble.at(&name, read.line));
                continue;
            }
        };
        found.outputs.into_iter().for_each(|piece| errors.extend(print(piece, &run, &name).err()));
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// Puts what is printed in the place of its name.
fn print(piece: &mut Piece, run: &Run, file: &str) -> Result<(), LessonError> {
    *piece = Piece::Text(piece.fill(run, file)?);
    Ok(())
}

/// The outputs of a page.
struct Found<'f, 'p> {
    file: &'f str,
    outputs: Vec<&'p mut Piece>,
    errors: Vec<LessonError>,
}

impl<'p> Found<'_, 'p> {
    fn page(&mut self, blocks: &'p mut [FileBlock], notes: &'p mut Option<Prose>) {
        notes.iter_mut().for_each(|notes| self.prose(notes));
        for block in blocks {
            match block {
                FileBlock::Text(prose) => self.prose(prose),
                FileBlock::Question(table) => self.table(table),
            }
        }
    }

    fn prose(&mut self, prose: &'p mut Prose) {
        for node in &mut prose.0 {
            if let Node::Piece(piece) = node
                && is_output(piece)
            {
                self.outputs.push(piece);
            }
        }
    }

    fn table(&mut self, table: &'p mut Table) {
        table.entries.iter_mut().for_each(|(_, item)| self.item(item));
    }

    fn item(&mut self, item: &'p mut Item) {
        let root = format!("{OUTPUT}.");
        match &mut item.value {
            Value::Prose(prose) => self.prose(prose),
            Value::Table(table) => self.table(table),
            Value::List(items) => items.iter_mut().for_each(|item| self.item(item)),
            Value::Text(text)
                if text.starts_with(&root) || text.contains(&format!("{{{{{root}")) =>
            {
                let fix = "have it in `shown`, or in another text of the question";
                let trouble = Trouble::new("what a program prints, where it cannot be", fix);
                self.errors.push(trouble.at(self.file, item.line));
            }
            Value::Text(_) | Value::Flag(_) | Value::Number(_) => {}
        }
    }
}

fn is_output(piece: &Piece) -> bool {
    let names_one = |expr: &Expr| {
        let is = |term: &Term| matches!(term, Term::Path(path) if path.root == OUTPUT);
        expr.terms.iter().any(|(_, term)| is(term))
    };
    matches!(piece, Piece::Value { expr, .. } if names_one(expr))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::HEAD;
    use crate::lesson::source::lesson_file;

    fn built(scenario: &str, body: &str) -> Result<String, String> {
        let lab = format!("```lab\nstep = \"ClientHello\"\nscenario = \"{scenario}\"\n```\n");
        let text = format!("{HEAD}{lab}{body}");
        let mut file = lesson_file(&text, "a.md").unwrap();
        match write(&mut file) {
            Ok(()) => Ok(file.to_json()),
            Err(errors) => Err(errors[0].to_string()),
        }
    }

    const FAULT: &str = "tls13+fault=cert-expired+seed=7";

    #[test]
    fn what_a_program_prints_stands_in_a_built_lesson_as_text() {
        let body = "{{output.curl}}\n```question\nid = \"q\"\nkind = \"truth\"\nright = true\nexplain = \"e\"\nprompt = \"p\"\nshown = \"\"\"\n~~~text\n$ {{output.s_client.command}}\n{{output.s_client.short}}\n~~~\n\"\"\"\n```\n";
        let json = built(FAULT, body).unwrap();
        for text in [
            "curl: (60) SSL certificate problem: certificate has expired",
            "openssl s_client -connect www.example.com:443",
            "verify error:num=10:certificate has expired",
            "-----BEGIN CERTIFICATE-----\\n...\\n-----END CERTIFICATE-----",
        ] {
            assert!(json.contains(text), "{text}: {json}");
        }
        assert!(!json.contains("output."), "{json}");
    }

    #[test]
    fn an_output_that_cannot_be_is_told_with_its_line() {
        let error = |scenario: &str, body: &str| built(scenario, body).unwrap_err();
        let changes = error("tls13+fault=cert-expired", "{{output.curl}}\n");
        assert!(changes.starts_with("a.md:10: ") && changes.contains("may change"), "{changes}");
        let sound = error("tls13+seed=7", "{{output.curl}}\n");
        assert!(sound.starts_with("a.md:15: ") && sound.contains("without a fault"), "{sound}");
        let unknown = error(FAULT, "{{output.wget}}\n");
        assert!(unknown.contains("no program called `wget`; this run has: curl; "), "{unknown}");
        let option = "```question\nid = \"q\"\nkind = \"value\"\nprompt = \"p\"\nhint = \"h\"\nexplain = \"e\"\nanswer = \"output.curl\"\n```\n";
        let placed = error(FAULT, option);
        assert!(
            placed.starts_with("a.md:21: ") && placed.contains("where it cannot be"),
            "{placed}"
        );
    }
}
