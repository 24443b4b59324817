//! The words that carry a stance: practice verbs, negations, modals, conditions. A closed list of
//! plain English function words, and verbs in all their forms.

use super::words;

/// What a word may be; several at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Class(u64);

macro_rules! classes {
    ($($name:ident $bit:literal $doc:literal),+ $(,)?) => {
        impl Class { $(#[doc = $doc] pub(super) const $name: Class = Class(1 << $bit);)+ }
        const _: () = assert!(
            (0 $(| (1_u64 << $bit))+).count_ones() as usize == [$($bit),+].len(),
            "every class has a bit of its own"
        );
    };
}

classes! {
    PRACTICE 0 "A verb that names what is done with data, or to reach the user.",
    PARTICIPLE 1 "A form that may also describe a noun: collected, sharing.",
    STATE 2 "A word that states something only when denied: responsible, guarantee, directed.",
    NOT 3 "Negates the verb that follows.",
    NO 4 "Negates the noun that follows.",
    MAY 5 "may, might, could.",
    CAN 6 "can.",
    AUXILIARY 7 "do, is, has been, will.",
    ADVERB 8 "May stand anywhere between subject and verb.",
    JOIN 9 "and, or, nor.",
    YOU 10 "The reader, or those the policy is for.",
    WE 11 "The company.",
    RELATIVE 12 "that, which, who.",
    TO 13 "to, before an infinitive.",
    SUBORDINATE 14 "Opens a subordinate clause.",
    OPENER 15 "Opens a main clause after a comma.",
    EXCEPT 16 "Names an exception.",
    ONLY 17 "only, solely.",
    CONDITION 18 "What follows `only` where it limits.",
    WITH 19 "with, without, before consent.",
    CONSENT 20 "consent, permission, approval.",
    OTHER 21 "other, of `other than`.",
    THAN 22 "than.",
    CERTAIN 23 "certain, limited, of circumstances.",
    CIRCUMSTANCES 24 "circumstances, cases.",
    LONGER 25 "longer.",
    DEPENDING 26 "depending.",
    RIGHT 27 "right, rights.",
    RESERVE 28 "reserve, of rights.",
    HAVE 29 "have, has.",
    SUBJECT 31 "subject, of `subject to change`.",
    CHANGE 32 "change, of `subject to change`.",
    AGREES 33 "agree, of `if you agree`.",
    TRACK 35 "track, which may be part of the name of a signal.",
    SIGNAL 36 "signal, header, request, after `do not track`.",
    POINTER 37 "Opens a sentence that points elsewhere.",
    PLEASE 38 "please.",
    HOLD 39 "have, give, before consent.",
    PURPOSE 41 "purpose, of `other purpose`.",
    AS 40 "as, of `except as described`.",
    DETERMINER 34 "Makes a noun of the word that follows.",
    SUPPOSE 42 "Opens a clause that supposes and states nothing: if, whether, how.",
    WISH 43 "What another is asked for or might wish: ask, want, prefer.",
    WITHOUT 44 "Negates the verb or noun that follows, in `without sharing`.",
    PROVISO 46 "After `only`: what follows is a condition, not a purpose.",
    BUT 47 "Takes back, in part, what was said before it.",
    NARROW 48 "In a denial: only part of the matter is denied.",
    AFFIRMS 49 "After `not`: nothing is denied (not limited to, not only).",
    THESE 50 "Points at data that was named before.",
    SMALL 45 "May stand between two parts of a pattern that stand side by side.",
    ASKS 51 "Opens a question, or a heading that announces an answer: how, what, why.",
    MEANS 52 "Defines a word: means, refers.",
    DOCUMENT 53 "The policy itself.",
    TELLS 54 "What a policy does: describes, applies, is intended.",
    EXAMPLE 55 "After `may`, gives examples and permits nothing: include, vary.",
    OF 56 "A preposition: what follows is no subject.",
    NUMBER 57 "Begins with a digit.",
    QUESTION 58 "What a reader may have: questions, concerns, comments.",
    AUTOMATED 60 "automated, of `solely automated decisions`.",
    REFUSES 61 "Takes consent back, or negates the verb it governs: withdraw, refuse to, prohibited from.",
    SOLE 59 "sole, of `the sole purpose`; absolute, of rights that are not.",
    BUSINESS 62 "What `not` takes back with all that it governs: in the business of, dream of, true that.",
    FIND 63 "What readers can do where they are pointed elsewhere: find, learn, read.",
    DATA 30 "A noun for data that a relative clause may follow without `that`.",
}

impl Class {
    /// Nothing of note.
    pub(super) const NONE: Class = Class(0);

    /// What a word may be that states something.
    pub(super) const STATES: Class =
        Class(Class::PRACTICE.0 | Class::STATE.0 | Class::RIGHT.0 | Class::SUBJECT.0 | Class::NO.0);

    /// all, any: of what follows nothing is left out. All bits are taken; it shares that of `track`,
    /// which counts only as a verb and in the name of a signal.
    pub(super) const EVERY: Class = Class::TRACK;

    /// or, of which nothing is left out either, as `and` may. It shares the bit of what gives examples
    /// after `may`.
    pub(super) const EITHER: Class = Class::EXAMPLE;

    /// even, behind which a condition is none. It shares the bit of what is said of decisions.
    pub(super) const EVEN: Class = Class::AUTOMATED;

    /// Others than the company and the reader. It shares the bit of what follows `subject to`.
    pub(super) const OTHERS: Class = Class::CHANGE;

    /// A verb that goes with another: may, can, do, have.
    pub(super) const MODAL: Class = Class(Class::MAY.0 | Class::CAN.0 | Class::AUXILIARY.0);

    /// What may stand between a subject and its verb.
    pub(super) const BETWEEN: Class =
        Class(Class::MODAL.0 | Class::NOT.0 | Class::ADVERB.0 | Class::JOIN.0 | Class::HAVE.0);

    /// What may follow the `who` of a relative clause at once.
    pub(super) const BEGINS_RELATIVE: Class =
        Class(Class::PRACTICE.0 | Class::MODAL.0 | Class::ADVERB.0 | Class::ONLY.0);

    /// Whether the word is one of these too.
    pub(super) fn has(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }

    /// These classes and those.
    pub(super) fn and(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }
}

/// Verbs of practice in their plain form; regular ones get their other forms by rule.
const VERBS: &str = "access acquire aggregate allow anonymize ask archive associate analyze block \
    check combine communicate collect comply confirm contact conduct connect contract cooperate \
    create customize delete deliver deploy describe destroy detect disclose display download \
    employ enable encrypt engage enforce ensure erase exchange exercise export gather \
    handle help honor honour host identify implement improve include inform link list log maintain \
    manage market measure merge monitor notify obtain offer operate personalize place post process \
    protect provide publish receive reach record refuse register release rely remain remove rent \
    report request require respect respond restrict retain reveal review revise safeguard \
    save scan secure serve show sign solicit store supply support tailor take track trade transmit \
    trace trust update upload use utilize verify view visit work change amend apply alter recognize \
    treat limit lease opt possess reserve return answer follow reply perform target transition \
    adopt authenticate complete evaluate partner install commit \
    discriminate deny decline infer correct determine preserve disable generate anonymise assign \
    derive adhere strive investigate assess withdraw lodge appeal unsubscribe adjust forward extend \
    intercept suspend terminate personalise analyse customise recognise utilise embed distribute \
    deactivate restore prevent stop cease continue assist facilitate pseudonymize pseudonymise hash";

/// Forms that the rules miss, of verbs of practice.
const IRREGULAR: &str = "sell sells give gives send sends keep keeps make makes hold holds get gets \
    share shares transfer transfers submit submits permit permits make makes let lets set sets \
    modify modifies seek seeks understand";

/// Participles and past forms that the rules miss.
const IRREGULAR_PARTICIPLES: &str = "sold selling gave given giving sent sending kept keeping made \
    making held holding got getting shared sharing transferred transferring submitted submitting \
    permitted permitting taken took modified modifying sought seeking shown scanned logged set \
    transmitted transmitting embedded embedding";

/// The other words, by class.
const WORDS: &[(Class, &str)] = &[
    (
        Class::STATE,
        "responsible liable guarantee guarantees guaranteed warrant warrants endorse \
        directed intended designed aimed intend control controls responsibility liability \
        accountable necessary possible required obliged obligated liable accept accepts assume \
        assumes secure targeted marketed believe consider knowingly 100 able decrypt sure \
        participate engage facing promise own owned controlled affiliated covered accommodate have",
    ),
    (Class::NOT, "not never neither nor"),
    (Class::NO, "no none neither nobody nothing impossible"),
    (Class::MAY, "may might could"),
    (Class::CAN, "can"),
    (
        Class::AUXILIARY,
        "do does did is are was were be been being has have had will would shall \
        should must am",
    ),
    (
        Class::ADVERB,
        "also ever otherwise further currently then thus therefore hereby still just \
        always often sometimes usually at present any all both either each only even so in turn \
        itself ourselves themselves as well",
    ),
    (Class::JOIN, "and or nor"),
    (Class::EITHER, "or"),
    (
        Class::YOU,
        "you user users visitor visitors member members customer customers resident residents \
        consumer consumers individual individuals subscriber subscribers parent parents guardian \
        guardians",
    ),
    (Class::WE, "we it they i staff personnel people"),
    (Class::ASKS, "how what why which"),
    (Class::MEANS, "means refers defined"),
    (
        Class::DOCUMENT,
        "policy notice statement document agreement disclosure section guide",
    ),
    (
        Class::TELLS,
        "describe describes explain explains apply applies cover covers outline outlines govern \
        governs details informs intended serve serves supplement supplements summarizes contains provides work concerns",
    ),
    (
        Class::EXAMPLE,
        "include vary consist comprise mean differ depend",
    ),
    (
        Class::OF,
        "about from to by with for of on at regarding concerning",
    ),
    (Class::SUBJECT, "subject"),
    (Class::PLEASE, "please"),
    (Class::HOLD, "have give given giving gave"),
    (Class::AS, "as otherwise"),
    (Class::TRACK, "track"),
    (Class::EVERY, "all any anyone anybody"),
    (
        Class::SIGNAL,
        "signal signals request requests feature features setting settings header \
        headers mechanism mechanisms preference preferences disclosure disclosures browser dnt",
    ),
    (
        Class::POINTER,
        "more further learn see visit refer click read",
    ),
    (Class::FIND, "find learn read"),
    (
        Class::CHANGE,
        "change changes modification modifications revision amendment amendments",
    ),
    (
        Class::OTHERS,
        "party parties partner partners advertiser advertisers processor processors provider \
        providers vendor vendors contractor contractors supplier suppliers companies businesses \
        networks sponsors merchants sellers children minors child students anyone anybody",
    ),
    (
        Class::AGREES,
        "agree agreed authorize authorise authorized authorised consent consented opt opted",
    ),
    (
        Class::QUESTION,
        "question questions query queries concern concerns comment comments inquiry inquiries \
        enquiry enquiries feedback",
    ),
    (Class::SOLE, "sole exclusive absolute unlimited"),
    (Class::AUTOMATED, "automated automatic profiling"),
    (Class::EVEN, "even"),
    (
        Class::REFUSES,
        "withdraw withdraws withdrawing withdrawn withdrawal revoke revoked revoking \
        revocation decline declined refuse refused",
    ),
    (
        Class::DETERMINER,
        "the a an our your their its this these any such of for by his her in with",
    ),
    (Class::RELATIVE, "that which who whom whose"),
    (Class::TO, "to"),
    (
        Class::SUBORDINATE,
        "if when whenever where wherever while because although though unless \
        until once whether how what why as whom whose whatever should",
    ),
    (
        Class::OPENER,
        "the this these those your any all it they please such in no a an however then \
        personal information data some each there users cookies our us",
    ),
    (
        Class::EXCEPT,
        "except unless excluding exception apart aside",
    ),
    (Class::ONLY, "only solely exclusively"),
    (
        Class::CONDITION,
        "if when where with for to as in after upon within on by under once \
        through until while during",
    ),
    (
        Class::WITH,
        "with without upon subject obtain obtained obtaining unless if first",
    ),
    (
        Class::CONSENT,
        "consent consented permission approval authorization authorisation agreement \
        permissions consents",
    ),
    (
        Class::SUPPOSE,
        "if whether how what why unless until before should whenever",
    ),
    (
        Class::WISH,
        "ask asks asked asking request requests requested requesting want wants wanted wish wishes \
        prefer prefers instruct instructs direct choose chooses tell tells like elect \
        encourage advise urge recommend require requires forbid prohibit prohibits able \
        unable possible impossible",
    ),
    (Class::WITHOUT, "without"),
    (Class::BUT, "but however although though whereas"),
    (Class::THESE, "this these such those"),
    (Class::AFFIRMS, "limited only just merely hesitate longer"),
    (
        Class::NARROW,
        "such this these other if when where while once longer further certain entire full \
        sensitive directly intentionally specific specifically particular context connection \
        marketing advertising behalf own based",
    ),
    (
        Class::PROVISO,
        "if when where with after upon once unless until under",
    ),
    (
        Class::SMALL,
        "the a an your our their its his her my any all some such these this those certain each \
        both own other also only just may might can could will would shall should do does did is \
        are was were be been being has have had then of and or at to",
    ),
    // "Save where the law requires it": of these two classes no other word is.
    (Class::OTHER, "other save"),
    (Class::PURPOSE, "purpose purposes"),
    (Class::THAN, "than"),
    (
        Class::CERTAIN,
        "certain limited restricted specific particular rare exceptional following some",
    ),
    (
        Class::CIRCUMSTANCES,
        "circumstances conditions situations exception exceptions limitations restrictions \
        exemptions jurisdictions",
    ),
    (Class::BUSINESS, "business"),
    (Class::LONGER, "longer later more less fewer"),
    (Class::DEPENDING, "depending"),
    (Class::RIGHT, "right rights entitled"),
    (Class::RESERVE, "reserve reserves reserved"),
    (Class::HAVE, "have has are is be retain"),
    (
        Class::DATA,
        "information data cookies details content categories types kinds purposes ways \
        measures services personal service way those anything",
    ),
    (
        Class::REFUSES,
        "refuse refuses refused refusing prohibited forbidden barred banned refrain refrains abstain \
        avoid avoids untrue false",
    ),
    (
        Class::BUSINESS,
        "dream think contemplate consider true case believe mean imply suggest claim practice \
        intention intent habit",
    ),
];

/// Hands over every known word, by its hash, with its classes; a word may come several times.
pub(super) fn each_word(mut take: impl FnMut(u64, u64)) {
    let mut add = |word: &str, class: Class| take(words::hash(word), class.0);
    let participle = Class(Class::PRACTICE.0 | Class::PARTICIPLE.0);
    for verb in VERBS.split_whitespace() {
        let mut form = verb.to_owned();
        add(&form, Class::PRACTICE);
        let stem = match verb.as_bytes() {
            [.., b'e'] => &verb[..verb.len() - 1],
            _ => verb,
        };
        let past = match verb.as_bytes() {
            [.., before, b'y'] if !b"aeou".contains(before) => {
                form = format!("{}ies", &verb[..verb.len() - 1]);
                format!("{}ied", &verb[..verb.len() - 1])
            }
            [.., b's' | b'x'] | [.., b's' | b'c', b'h'] => {
                form.push_str("es");
                format!("{stem}ed")
            }
            _ => {
                form.push('s');
                format!("{stem}ed")
            }
        };
        add(&form, Class::PRACTICE);
        add(&past, participle);
        add(&format!("{stem}ing"), participle);
    }
    for word in IRREGULAR.split_whitespace() {
        add(word, Class::PRACTICE);
    }
    for word in IRREGULAR_PARTICIPLES.split_whitespace() {
        add(word, participle);
    }
    for (class, list) in WORDS {
        for word in list.split_whitespace() {
            add(word, *class);
        }
    }
}

impl Class {
    /// What a word is, known by that much. Words in `-ly` are adverbs, known or not.
    pub(super) fn of(word: &words::Word<'_>, known: u64) -> Class {
        let known = Class(known);
        match word.head {
            [_, _, .., b'l', b'y'] if word.whole && !known.has(Class::PRACTICE) => {
                known.and(Class::ADVERB)
            }
            [b'0'..=b'9', ..] => known.and(Class::NUMBER),
            _ => known,
        }
    }
}
