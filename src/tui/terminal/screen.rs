//! The terminal while it is taken: raw, on the alternate screen, with mouse and bracketed paste. It
//! is given back when the value is dropped, and before a panic is reported.

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::Print;
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue, style};
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use signal_hook::consts::signal::SIGTSTP;
use std::io::{self, BufWriter, Stdout, Write};
use std::mem::ManuallyDrop;
use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// Clicks and the wheel, reported by column and row. Without the movements in between, which crossterm
/// would ask for too: nothing here follows them, and each would wake the program.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";

/// The terminal.
pub(super) struct Terminal {
    /// Never dropped: dropping it would write to standard error when the terminal is gone, and that
    /// panics when standard error was the terminal. [`leave`] does all that is to do.
    inner: ManuallyDrop<ratatui::Terminal<CrosstermBackend<BufWriter<Stdout>>>>,
    /// Whether it is taken now. Shared with the panic hook.
    taken: Arc<AtomicBool>,
    mouse: bool,
    /// Whether the next wake-up is the one from a stop of our own.
    waking: bool,
}

impl Terminal {
    /// Takes the terminal, but leaves the mouse to it.
    pub(super) fn take() -> io::Result<Self> {
        let taken = Arc::new(AtomicBool::new(false));
        hook(Arc::clone(&taken));
        // The theme decides on colour, and has heard of NO_COLOR.
        style::force_color_output(true);
        let output = BufWriter::with_capacity(1 << 16, io::stdout());
        let mut terminal = Self {
            inner: ManuallyDrop::new(ratatui::Terminal::new(CrosstermBackend::new(output))?),
            taken,
            mouse: false,
            waking: false,
        };
        terminal.enter()?;
        Ok(terminal)
    }

    /// Gives the terminal back.
    pub(super) fn give_back(&mut self) -> io::Result<()> {
        leave(&self.taken)
    }

    /// Its size.
    pub(super) fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    /// Draws a frame.
    pub(super) fn draw(&mut self, draw: impl FnOnce(&mut Buffer)) -> io::Result<()> {
        queue!(self.inner.backend_mut(), BeginSynchronizedUpdate)?;
        self.inner.draw(|frame| draw(frame.buffer_mut()))?;
        execute!(self.inner.backend_mut(), EndSynchronizedUpdate)
    }

    /// Forgets what is on the screen, so that the next frame is drawn whole.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        // Not `clear`, which asks the terminal where its cursor is: the answer would go to the thread that
        // waits for keys.
        let size = self.inner.size()?;
        self.inner.resize(Rect::from((Position::ORIGIN, size)))
    }

    /// Takes the mouse, or leaves it to the terminal.
    pub(super) fn mouse(&mut self, taken: bool) -> io::Result<()> {
        self.mouse = taken;
        self.write(if taken { MOUSE_ON } else { MOUSE_OFF })
    }

    /// Writes a control sequence of ours.
    pub(super) fn write(&mut self, sequence: &str) -> io::Result<()> {
        let mut output = io::stdout();
        output.write_all(sequence.as_bytes())?;
        output.flush()
    }

    /// Gives the terminal back, stops the process, and takes the terminal again when woken.
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        self.give_back()?;
        self.waking = true;
        signal_hook::low_level::emulate_default_handler(SIGTSTP)?;
        self.enter()?;
        self.clear()
    }

    /// Takes the terminal again after the process was woken, if it was stopped by force.
    pub(super) fn retake(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.waking) {
            return Ok(());
        }
        // A shell may have changed the terminal meanwhile; taking it anew sets everything.
        leave(&self.taken)?;
        self.enter()?;
        self.clear()
    }

    fn enter(&mut self) -> io::Result<()> {
        self.taken.store(true, Ordering::SeqCst);
        enable_raw_mode()?;
        execute!(
            io::stdout(),
            EnterAlternateScreen,
            EnableBracketedPaste,
            cursor::Hide
        )?;
        if self.mouse {
            self.mouse(true)?;
        }
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // There is nobody left to tell.
        let _ = leave(&self.taken);
    }
}

/// Gives the terminal back if it is taken.
fn leave(taken: &AtomicBool) -> io::Result<()> {
    if !taken.swap(false, Ordering::SeqCst) {
        return Ok(());
    }
    let screen = execute!(
        io::stdout(),
        Print(MOUSE_OFF),
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    disable_raw_mode().and(screen)
}

/// Gives the terminal back before a panic is reported. A panic on another thread is not reported: its
/// work ends, the screen stays, and whoever waits for the work is told.
fn hook(taken: Arc<AtomicBool>) {
    let before = panic::take_hook();
    let own = thread::current().id();
    panic::set_hook(Box::new(move |panic| {
        if thread::current().id() == own {
            // The report matters more than a terminal that could not be given back.
            let _ = leave(&taken);
            before(panic);
        } else if !taken.load(Ordering::SeqCst) {
            before(panic);
        }
    }));
}
