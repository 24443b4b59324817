//! The built program in a real pseudo-terminal: from opening to quitting, and how the terminal is
//! left behind.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// How long a screen may take to show what a test waits for; far more than it needs.
const PATIENCE: Duration = Duration::from_secs(20);

fn some(size: u16) -> NonZero<u16> {
    NonZero::new(size).unwrap()
}

struct Screen {
    parser: vt100::Parser,
    bytes: Receiver<Vec<u8>>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    /// Everything that was written, for what the parser does not keep.
    raw: Vec<u8>,
}

impl Screen {
    fn open(arguments: &[&str], rows: u16, columns: u16) -> Self {
        Self::on("xterm-256color", arguments, rows, columns)
    }

    /// On a terminal that calls itself `term`.
    fn on(term: &str, arguments: &[&str], rows: u16, columns: u16) -> Self {
        let size = PtySize {
            rows,
            cols: columns,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pty = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_policy-tui"));
        let config = tempfile::tempdir().unwrap();
        command.args(["--config", config.path().to_str().unwrap()]);
        command.args(arguments);
        command.env("TERM", term);
        command.env("LANG", "C.UTF-8");
        command.env_remove("LC_ALL");
        command.env_remove("NO_COLOR");
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let mut reader = pty.master.try_clone_reader().unwrap();
        let (sender, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self {
            parser: vt100::Parser::new(some(rows), some(columns), 0),
            bytes,
            writer: pty.master.take_writer().unwrap(),
            child,
            master: pty.master,
            raw: Vec::new(),
        }
    }

    fn take(&mut self, wait: Duration) {
        if let Ok(bytes) = self.bytes.recv_timeout(wait) {
            self.parser.process(&bytes);
            self.raw.extend(bytes);
        }
    }

    fn text(&self) -> String {
        self.parser.screen().contents()
    }

    /// Waits until the screen shows something.
    fn wait_for(&mut self, what: &str) {
        let until = Instant::now() + PATIENCE;
        while !self.text().contains(what) {
            assert!(
                Instant::now() < until,
                "“{what}” never came; the screen:\n{}",
                self.text()
            );
            self.take(Duration::from_millis(50));
        }
    }

    /// Waits until something is so.
    fn wait_until(&mut self, why_not: &str, mut is_so: impl FnMut(&mut Self) -> bool) {
        let until = Instant::now() + PATIENCE;
        while !is_so(self) {
            assert!(
                Instant::now() < until,
                "{why_not}; the screen:\n{}",
                self.text()
            );
            self.take(Duration::from_millis(20));
        }
    }

    /// Whether the program is stopped, as the system tells.
    fn is_stopped(&mut self) -> bool {
        let pid = self.child.process_id().unwrap().to_string();
        let told = std::process::Command::new("ps")
            .args(["-o", "state=", "-p", &pid])
            .output()
            .unwrap();
        String::from_utf8_lossy(&told.stdout)
            .trim_start()
            .starts_with('T')
    }

    fn press(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    fn resize(&mut self, rows: u16, columns: u16) {
        let size = PtySize {
            rows,
            cols: columns,
            pixel_width: 0,
            pixel_height: 0,
        };
        self.master.resize(size).unwrap();
        self.parser.screen_mut().set_size(some(rows), some(columns));
    }

    /// Waits for the end; the exit status.
    fn end(&mut self) -> u32 {
        let until = Instant::now() + PATIENCE;
        loop {
            self.take(Duration::from_millis(20));
            if let Some(status) = self.child.try_wait().unwrap() {
                // Until the terminal is closed: nothing more comes then.
                while let Ok(bytes) = self.bytes.recv_timeout(PATIENCE) {
                    self.parser.process(&bytes);
                    self.raw.extend(bytes);
                }
                return status.exit_code();
            }
            assert!(
                Instant::now() < until,
                "the program did not end; the screen:\n{}",
                self.text()
            );
        }
    }

    fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        let sent = std::process::Command::new("kill")
            .args(["-s", name, &pid])
            .status()
            .unwrap();
        assert!(sent.success());
    }

    /// Whether the alternate screen is left, the cursor seen, mouse and paste as they were.
    fn is_given_back(&mut self) -> bool {
        let screen = self.parser.screen();
        let mouse = screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None;
        mouse && !(screen.alternate_screen() || screen.hide_cursor() || screen.bracketed_paste())
    }

    /// Fails unless it is, saying what is not.
    fn assert_given_back(&self) {
        let screen = self.parser.screen();
        assert!(
            !screen.alternate_screen(),
            "the alternate screen was not left"
        );
        assert!(!screen.hide_cursor(), "the cursor is still hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is still on");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    }
}

#[test]
fn open_find_compare_next_difference_quit() {
    let mut screen = Screen::open(&[], 40, 120);
    screen.wait_for("sample library");
    assert!(screen.parser.screen().alternate_screen());
    screen.press("/rocket.me");
    screen.wait_for("1 of 5");
    screen.press("\r ");
    screen.wait_for("mp3rocket.me is the left side");
    screen.press("\x1b");
    screen.wait_for("finds by site");
    screen.press("/sound");
    screen.wait_for("1 of 5");
    screen.press("\r\r");
    screen.wait_for("by topic");
    assert!(screen.text().contains("⟷"), "{}", screen.text());
    let before = screen.text();
    screen.press("]c]c]c]c]c");
    let until = Instant::now() + PATIENCE;
    while screen.text() == before {
        assert!(Instant::now() < until, "]c moved nothing:\n{before}");
        screen.take(Duration::from_millis(50));
    }
    screen.press("q");
    assert_eq!(screen.end(), 0);
    screen.assert_given_back();
}

#[test]
fn a_resize_draws_anew_and_keeps_the_place() {
    let mut screen = Screen::open(&[], 40, 120);
    screen.wait_for("sample library");
    screen.press("/soundspectrum\r\r");
    screen.wait_for("topic: all");
    screen.press("/secure database\r");
    screen.wait_for("1/1");
    screen.resize(12, 40);
    screen.wait_for("secure");
    screen.resize(50, 200);
    screen.wait_for("secure database");
    screen.press("q");
    assert_eq!(screen.end(), 0);
}

#[test]
fn the_list_of_changes_takes_clicks_and_stays_through_a_resize() {
    let folder = tempfile::tempdir().unwrap();
    let old = "# Privacy Policy\n\nWe keep your data for 12 months.\n\nWe may use cookies on our pages.\n";
    let new = old.replace("12", "24").replace("may use", "never use");
    let files = [("1-old.md", old), ("2-new.md", &new)].map(|(name, text)| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    });
    let mut screen = Screen::open(&[&files[0], &files[1]], 30, 120);
    screen.wait_for("by text");
    screen.press("d");
    screen.wait_for("Changes · 1 of 2");
    let second = screen
        .text()
        .lines()
        .position(|row| row.contains("~ turned"));
    let row = second.unwrap() + 1;
    screen.press(&format!("\x1b[<0;9;{row}M\x1b[<0;9;{row}m"));
    screen.wait_for("Changes · 2 of 2");
    screen.resize(12, 40);
    screen.wait_for("Changes · 2 of 2");
    screen.press("\r");
    screen.wait_for("[-may-] {+never+}");
    screen.press("q");
    assert_eq!(screen.end(), 0);
    screen.assert_given_back();
}

#[test]
fn a_key_reads_everything_again() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let text = format!("# Privacy Policy\n\nWe treat your personal data well. {text}\n");
        std::fs::write(folder.path().join(name), text).unwrap();
    };
    write("one.md", "We keep it for ten days.");
    let mut screen = Screen::open(&[folder.path().to_str().unwrap()], 24, 100);
    screen.wait_for("1 policy");
    screen.press("\r");
    screen.wait_for("ten days");
    write("one.md", "We keep it for twenty days.");
    write("two.md", "We keep it for ever.");
    screen.press("\x12");
    screen.wait_for("read again: 2 policies");
    screen.wait_for("twenty days");
    screen.press("\x1b");
    screen.wait_for("two");
    drop(folder);
    screen.press("\x12");
    screen.wait_for("what was read before stays");
    screen.press("q");
    assert_eq!(screen.end(), 0);
    screen.assert_given_back();
}

#[test]
fn signals_give_the_terminal_back() {
    for (name, status) in [("TERM", 143), ("HUP", 129), ("INT", 130)] {
        let mut screen = Screen::open(&[], 30, 100);
        screen.wait_for("sample library");
        screen.signal(name);
        assert_eq!(screen.end(), status, "{name}");
        screen.assert_given_back();
    }
}

#[test]
fn a_stop_gives_the_terminal_back_and_waking_takes_it_again() {
    let mut screen = Screen::open(&[], 30, 100);
    screen.wait_for("sample library");
    screen.press("\x1a");
    // Only what is stopped can be woken: a signal that comes before is lost.
    screen.wait_until("ctrl-z did not stop the program", Screen::is_stopped);
    screen.wait_until("the terminal was not given back", Screen::is_given_back);
    screen.signal("CONT");
    screen.wait_until("the terminal was not taken again", |screen| {
        screen.parser.screen().alternate_screen()
    });
    screen.wait_for("sample library");
    screen.press("q");
    assert_eq!(screen.end(), 0);
    screen.assert_given_back();
}

#[test]
fn nothing_from_a_file_steers_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("evil.md");
    let text = "# Policy \u{1b}]0;owned\u{7}\n\nWe \u{1b}[2Jshare\u{202e} data\u{200b}. [link](http://x/\u{1b}[31m)\n\n| a\u{9b}31m | b |\n|---|---|\n| \u{8} | c |\n";
    std::fs::write(&file, text).unwrap();
    let mut screen = Screen::open(&[file.to_str().unwrap()], 30, 100);
    screen.wait_for("share");
    screen.press("!");
    screen.wait_for("control-characters");
    screen.press("q");
    assert_eq!(screen.end(), 0);
    let raw = String::from_utf8_lossy(&screen.raw);
    // The words of a sequence may be shown; what makes it one may not.
    for poison in [
        "\u{7}",
        "\u{1b}[2Jshare",
        "\u{1b}[31m)",
        "\u{8}",
        "\u{202e}",
        "\u{200b}",
        "\u{9b}",
    ] {
        assert!(!raw.contains(poison), "{poison:?} reached the terminal");
    }
    assert!(
        !raw.contains("\u{1b}]0;"),
        "the title of the terminal was set"
    );
}

#[test]
fn an_old_terminal_gets_what_it_can_show() {
    let mut lines = Screen::on("dumb", &[], 24, 80);
    assert_eq!(lines.end(), 2);
    assert!(lines.text().contains("TERM=dumb"), "{}", lines.text());
    let mut old = Screen::on("vt100", &[], 24, 80);
    old.wait_for("mp3rocket");
    assert!(old.text().is_ascii(), "{}", old.text());
    old.press("q");
    assert_eq!(old.end(), 0);
    let written = String::from_utf8_lossy(&old.raw);
    assert!(!written.contains("\u{1b}[38;5;"), "a colour was set");
}

#[test]
fn the_key_that_ends_the_program_only_closes_the_help() {
    let mut screen = Screen::open(&[], 24, 80);
    screen.wait_for("mp3rocket");
    screen.press("?");
    screen.wait_for("Keys");
    screen.press("q");
    screen.wait_for("soundspectrum");
    screen.press("q");
    assert_eq!(screen.end(), 0);
    screen.assert_given_back();
}

#[test]
fn not_at_a_terminal_it_says_what_to_do() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_policy-tui"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("standard output is no terminal"), "{said}");
}
