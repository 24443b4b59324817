//! The tables, as `docs/index.md` documents them.

/// Raised whenever the tables change their meaning; an index of another schema is made anew.
pub(super) const SCHEMA: &str = "3";

/// Marks the file as ours (`PRAGMA application_id`): "PoTu".
pub(super) const APPLICATION: i32 = 0x506F_5475;

pub(super) const TABLES: &str = "
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE archive (path TEXT PRIMARY KEY, tip TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    ordinal INTEGER NOT NULL,
    identity TEXT NOT NULL,
    place INTEGER NOT NULL,
    glance BLOB,
    fingerprint BLOB,
    judged BLOB,
    readable INTEGER NOT NULL,
    site TEXT NOT NULL,
    terms TEXT,
    host TEXT,
    title TEXT NOT NULL,
    archived INTEGER,
    revised TEXT,
    modified INTEGER,
    path TEXT NOT NULL,
    repository TEXT,
    revision TEXT,
    blob TEXT,
    snapshot_url TEXT,
    original_url TEXT,
    bytes INTEGER NOT NULL,
    encoding TEXT NOT NULL,
    words INTEGER NOT NULL,
    sections INTEGER NOT NULL,
    clauses INTEGER NOT NULL,
    issues INTEGER NOT NULL,
    topics TEXT NOT NULL,
    history BLOB
);
CREATE TABLE stand_in (
    document INTEGER PRIMARY KEY,
    place INTEGER NOT NULL,
    newest INTEGER NOT NULL,
    what TEXT NOT NULL,
    site TEXT NOT NULL,
    terms TEXT,
    host TEXT,
    title TEXT NOT NULL,
    archived INTEGER,
    revised TEXT,
    modified INTEGER,
    path TEXT NOT NULL,
    repository TEXT,
    revision TEXT,
    blob TEXT,
    snapshot_url TEXT,
    original_url TEXT,
    bytes INTEGER NOT NULL,
    encoding TEXT NOT NULL,
    words INTEGER NOT NULL,
    sections INTEGER NOT NULL,
    clauses INTEGER NOT NULL,
    issues INTEGER NOT NULL,
    topics TEXT NOT NULL
);
CREATE TABLE version (
    document INTEGER NOT NULL,
    place INTEGER NOT NULL,
    recorded INTEGER,
    path TEXT NOT NULL,
    repository TEXT,
    revision TEXT,
    blob TEXT,
    size INTEGER,
    modified INTEGER,
    content INTEGER NOT NULL,
    PRIMARY KEY (document, place)
) WITHOUT ROWID;
CREATE TABLE content (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    hash BLOB NOT NULL,
    title TEXT NOT NULL,
    revised TEXT,
    words INTEGER NOT NULL,
    sections INTEGER NOT NULL,
    clauses INTEGER NOT NULL,
    wordings BLOB NOT NULL
);
CREATE TABLE wording (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL,
    kind TEXT NOT NULL,
    stance TEXT NOT NULL,
    topics TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE TABLE holding (wording INTEGER PRIMARY KEY, documents BLOB NOT NULL);
CREATE TABLE issue (
    document INTEGER,
    of_stand_in INTEGER NOT NULL,
    path TEXT NOT NULL,
    kind TEXT NOT NULL,
    message TEXT NOT NULL,
    line INTEGER,
    quotes TEXT NOT NULL
);
CREATE TABLE answer (
    document INTEGER NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    contradicted INTEGER NOT NULL,
    clauses TEXT NOT NULL,
    PRIMARY KEY (document, question)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE wording_words USING fts5 (
    words, tags, content = '', tokenize = 'ascii'
);
-- Words wait in memory until there are 8 MB of them: less is merged later.
INSERT INTO wording_words (wording_words, rank) VALUES ('hashsize', 8388608);
";
