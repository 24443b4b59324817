//! What lies around a view: the title line above it, status and hints below it.

use crate::tui::action::Action;
use crate::tui::glyphs::Glyph;
use crate::tui::keymap::Sequence;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::view::{Ctx, GAP, NAME, View, has_room_for_name, room_for_state};
use ratatui::buffer::Buffer;
use ratatui::layout::Size;
use ratatui::text::{Line, Span};

/// The title line: where you are, and what state you are in.
pub(super) fn title(buffer: &mut Buffer, view: &dyn View, ctx: &Ctx<'_>) {
    let screen = usize::from(buffer.area.width);
    let width = screen.saturating_sub(2);
    let state = view.state(ctx);
    let mut left = view.title(ctx);
    let room = room_for_state(screen, left.width(), state.width());
    if has_room_for_name(width, left.width(), state.width()) {
        let dot = ctx.glyph(Glyph::Dot);
        left.spans.insert(0, Span::raw(format!("{NAME} {dot} ")));
    }
    let state = cut(&without_last(state, room), room, ctx);
    let taken = state.width();
    let left = cut(&left, width.saturating_sub(taken + GAP.min(taken)), ctx);
    let style = ctx.style(Role::Title);
    buffer.set_line(1, 0, &left.patch_style(style), clamp(width));
    let x = clamp(width + 1 - taken);
    buffer.set_line(x, 0, &state, clamp(taken));
}

/// The bottom line: what is going on, and the keys that matter now. The keys take what is left,
/// at least the one for help.
pub(super) fn bottom(buffer: &mut Buffer, left: Line<'static>, view: &dyn View, ctx: &Ctx<'_>) {
    let y = buffer.area.height - 1;
    let width = usize::from(buffer.area.width).saturating_sub(2);
    let scope = view.scope();
    let hint = |action: Action| -> Option<Vec<Span<'static>>> {
        let keys = ctx.keys.key_for(scope, action)?;
        Some(vec![
            ctx.span(Role::HintKey, keys.short(ctx.glyphs.ascii)),
            ctx.span(Role::Dim, format!(" {}", action.hint())),
        ])
    };
    let always = if scope.takes_text() {
        Action::Back
    } else {
        Action::Help
    };
    let last = hint(always).unwrap_or_default();
    let size = |spans: &[Span<'_>]| spans.iter().map(Span::width).sum::<usize>();
    let reserved = if left.width() == 0 {
        0
    } else {
        left.width().min(width * 2 / 3) + GAP
    };
    let mut room = width.saturating_sub(reserved + size(&last));
    let mut hints: Vec<Span<'static>> = Vec::new();
    let hinted = view
        .hints(ctx)
        .into_iter()
        .filter(|&action| action != always);
    for spans in hinted.filter_map(hint) {
        let separator = ctx.span(Role::Dim, format!(" {} ", ctx.glyph(Glyph::Dot)));
        let needed = size(&spans) + separator.width();
        if needed > room {
            break;
        }
        room -= needed;
        hints.extend(spans);
        hints.push(separator);
    }
    hints.extend(last);
    let taken = size(&hints);
    let left = cut(&left, width.saturating_sub(taken + GAP), ctx);
    buffer.set_line(1, y, &left, clamp(width));
    let x = clamp((width + 1).saturating_sub(taken));
    buffer.set_line(x, y, &Line::from(hints), clamp(taken));
}

/// What stands at the bottom left after an effect.
pub(super) fn message(text: &str, warns: bool, ctx: &Ctx<'_>) -> Line<'static> {
    let role = if warns { Role::Warning } else { Role::Text };
    let mark = if warns { "! " } else { "" };
    let text = text::sanitize(text);
    Line::from(ctx.span(role, format!("{mark}{text}")))
}

/// What stands there while a key of several is not complete.
pub(super) fn pending(keys: &Sequence, ctx: &Ctx<'_>) -> Line<'static> {
    Line::from(vec![
        ctx.span(Role::HintKey, keys.to_string()),
        ctx.span(Role::Dim, format!(" {}", ctx.glyph(Glyph::Ellipsis))),
    ])
}

/// What stands on a screen on which nothing else can.
pub(super) fn too_small(buffer: &mut Buffer, least: Size) {
    let width = usize::from(buffer.area.width);
    let message = format!("too small: {}×{}", least.width, least.height);
    let message = text::truncate(&message, width, "…");
    let y = buffer.area.height / 2;
    if buffer.area.height > 0 {
        buffer.set_string(0, y, message, ratatui::style::Style::new());
    }
}

/// A line without as many spans at its end as keep it from fitting; the first stays.
fn without_last(mut line: Line<'static>, width: usize) -> Line<'static> {
    while line.spans.len() > 1 && line.width() > width {
        line.spans.pop();
    }
    line
}

/// A line cut to a width, with an ellipsis where something was cut.
fn cut(line: &Line<'static>, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    if line.width() <= width {
        return line.clone();
    }
    let ellipsis = ctx.glyph(Glyph::Ellipsis);
    let mut left = width;
    let mut spans = Vec::new();
    for span in &line.spans {
        let text = text::truncate(&span.content, left, ellipsis).into_owned();
        let whole = text.len() == span.content.len();
        left -= text::width(&text).min(left);
        spans.push(Span::styled(text, span.style));
        if !whole {
            break;
        }
    }
    Line::from(spans).style(line.style)
}

fn clamp(columns: usize) -> u16 {
    u16::try_from(columns).unwrap_or(u16::MAX)
}
