//! Words of commands that are shown to be copied, as a shell takes them.

use std::borrow::Cow;

/// What stands for a file that has no name, such as standard input.
const NO_NAME: &str = "FILE";

/// What a text that was pasted is called among the files.
pub const PASTED: &str = "pasted text";

/// The file that it is taken to be in commands.
const PASTED_FILE: &str = "chain.pem";

/// One word of a shell, whatever is in it. Plain words stay as they are.
pub fn quoted(word: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:=,@%+".contains(&byte);
    if !word.is_empty() && word.bytes().all(plain) {
        return word.into();
    }
    format!("'{}'", word.replace('\'', r"'\''")).into()
}

/// The name of a file as a word, which no program takes for an option.
pub fn file(name: &str) -> String {
    match name {
        "-" => NO_NAME.to_owned(),
        PASTED => PASTED_FILE.to_owned(),
        _ if name.starts_with('-') => quoted(&format!("./{name}")).into_owned(),
        _ => quoted(name).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn a_shell_reads_what_was_quoted_as_one_word() {
        for word in ["a b", "a;touch x", "$(id)", "`id`", "it's", "a\nb", "", "~", "*", "!x", "ö"]
        {
            let line = format!("printf %s {}", quoted(word));
            let said = Command::new("sh").args(["-c", &line]).output().unwrap();
            assert_eq!(String::from_utf8(said.stdout).unwrap(), word);
        }
    }

    #[test]
    fn plain_words_stay_and_no_file_is_taken_for_an_option() {
        for (name, expected) in [
            ("certs/server-1.crt", "certs/server-1.crt"),
            ("my file", "'my file'"),
            ("-rf", "./-rf"),
            ("-", NO_NAME),
            (PASTED, PASTED_FILE),
        ] {
            assert_eq!(file(name), expected);
        }
    }
}
