//! The app without a terminal: keys in, frame out as text. For `--keys … --print`, pictures and
//! tests.

use super::app::{App, Event};
use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::{Color, Modifier, Style};

/// Feeds keys to the app and draws the frame it ends on.
pub fn render_keys(app: &mut App, keys: &[KeyEvent], size: Size) -> String {
    text(&frame(app, keys, size))
}

/// Feeds keys to the app, at a size, and draws the frame it ends on.
pub fn frame(app: &mut App, keys: &[KeyEvent], size: Size) -> Buffer {
    app.handle(Event::Resize(size));
    for key in keys {
        app.handle(Event::Key(*key));
    }
    let mut buffer = Buffer::empty(Rect::new(0, 0, size.width, size.height));
    app.draw(&mut buffer);
    buffer
}

/// A frame as text: one line a row, without the spaces at its end.
pub fn text(buffer: &Buffer) -> String {
    rows(buffer, |_, _| {})
}

/// A frame as text that spells its styles: `⟦bold cyan⟧` before what has the style, `⟦⟧` before
/// what has none again.
pub fn styled(buffer: &Buffer) -> String {
    let mut before = Style::new();
    rows(buffer, |row, style| {
        if style != before {
            row.push_str(&format!("⟦{}⟧", spelled(style)));
            before = style;
        }
    })
}

fn rows(buffer: &Buffer, mut turn: impl FnMut(&mut String, Style)) -> String {
    let mut out = String::new();
    let area = buffer.area;
    for y in area.top()..area.bottom() {
        let mut row = String::new();
        let mut x = area.left();
        while x < area.right() {
            let Some(cell) = buffer.cell((x, y)) else {
                break;
            };
            // A run of spaces has the style of what follows, unless the style shows on spaces.
            let style = seen(cell.style());
            if cell.symbol() != " " || shows_on_space(style) {
                turn(&mut row, style);
            }
            row.push_str(cell.symbol());
            x += u16::try_from(super::text::width(cell.symbol()).max(1)).unwrap_or(1);
        }
        out.push_str(row.trim_end());
        out.push('\n');
    }
    out
}

/// The style without what means "the default".
fn seen(style: Style) -> Style {
    let colour = |colour: Option<Color>| colour.filter(|colour| *colour != Color::Reset);
    let mut plain = Style::new().add_modifier(style.add_modifier);
    plain.fg = colour(style.fg);
    plain.bg = colour(style.bg);
    plain
}

fn shows_on_space(style: Style) -> bool {
    let seen = Modifier::REVERSED | Modifier::UNDERLINED;
    style.bg.is_some() || style.add_modifier.intersects(seen)
}

fn spelled(style: Style) -> String {
    let mut words: Vec<String> = style
        .add_modifier
        .iter_names()
        .map(|(name, _)| name.to_lowercase())
        .collect();
    words.extend(style.fg.map(|colour| colour.to_string().to_lowercase()));
    words.extend(style.bg.map(|colour| format!("on {colour}").to_lowercase()));
    words.join(" ")
}
