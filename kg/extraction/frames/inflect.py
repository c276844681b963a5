"""English inflection, so that matching does not depend on any pipeline's lemmatiser."""

from __future__ import annotations

import re

__all__ = ["noun_forms", "verb_forms"]

_IRREGULAR: dict[str, tuple[str, ...]] = {
    "dig": ("digs", "dug", "digging"),
    "reset": ("resets", "resetting"),
    "freeze": ("freezes", "froze", "frozen", "freezing"),
    "withhold": ("withholds", "withheld", "withholding"),
    "uphold": ("upholds", "upheld", "upholding"),
    "steal": ("steals", "stole", "stolen", "stealing"),
    "hide": ("hides", "hid", "hidden", "hiding"),
    "blow": ("blows", "blew", "blown", "blowing"),
    "forgive": ("forgives", "forgave", "forgiven", "forgiving"),
    "forget": ("forgets", "forgot", "forgotten", "forgetting"),
    "forgo": ("forgoes", "forwent", "forgone", "forgoing"),
    "choose": ("chooses", "chose", "chosen", "choosing"),
    "deal": ("deals", "dealt", "dealing"),
    "stick": ("sticks", "stuck", "sticking"),
    "undercut": ("undercuts", "undercutting"),
    "repay": ("repays", "repaid", "repaying"),
    "rebuild": ("rebuilds", "rebuilt", "rebuilding"),
    "spread": ("spreads", "spreading"),
    "split": ("splits", "splitting"),
    "hurt": ("hurts", "hurting"),
    "cast": ("casts", "casting"),
    "overrun": ("overruns", "overran", "overrunning"),
    "grow": ("grows", "grew", "grown", "growing"),
    "show": ("shows", "showed", "shown", "showing"),
    "lose": ("loses", "lost", "losing"),
    "teach": ("teaches", "taught", "teaching"),
    "catch": ("catches", "caught", "catching"),
    "wear": ("wears", "wore", "worn", "wearing"),
    "wake": ("wakes", "woke", "woken", "waking"),
    "ride": ("rides", "rode", "ridden", "riding"),
    "drive": ("drives", "drove", "driven", "driving"),
    "prove": ("proves", "proved", "proven", "proving"),
    "sue": ("sues", "sued", "suing"),
    "rue": ("rues", "rued", "ruing"),
    "mean": ("means", "meant", "meaning"),
    "build": ("builds", "built", "building"),
    "light": ("lights", "lit", "lighting"),
    "slap": ("slaps", "slapped", "slapping"),
    "rip": ("rips", "ripped", "ripping"),
    "snub": ("snubs", "snubbed", "snubbing"),
    "skip": ("skips", "skipped", "skipping"),
    "chat": ("chats", "chatted", "chatting"),
    "ship": ("ships", "shipped", "shipping"),
    "arm": ("arms", "armed", "arming"),
    "bat": ("bats", "batted", "batting"),
    "swat": ("swats", "swatted", "swatting"),
    "be": ("am", "is", "are", "was", "were", "been", "being", "'s", "'re", "'m", "’s", "’re", "’m"),
    "have": ("has", "had", "having", "'ve", "’ve", "'d"),
    "do": ("does", "did", "done", "doing"),
    "go": ("goes", "went", "gone", "going"),
    "make": ("makes", "made", "making"),
    "take": ("takes", "took", "taken", "taking"),
    "give": ("gives", "gave", "given", "giving"),
    "come": ("comes", "came", "coming"),
    "see": ("sees", "saw", "seen", "seeing"),
    "get": ("gets", "got", "gotten", "getting"),
    "hold": ("holds", "held", "holding"),
    "meet": ("meets", "met", "meeting"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "write": ("writes", "wrote", "written", "writing"),
    "send": ("sends", "sent", "sending"),
    "lend": ("lends", "lent", "lending"),
    "spend": ("spends", "spent", "spending"),
    "stand": ("stands", "stood", "standing"),
    "withstand": ("withstands", "withstood", "withstanding"),
    "understand": ("understands", "understood", "understanding"),
    "hit": ("hits", "hitting"),
    "cut": ("cuts", "cutting"),
    "put": ("puts", "putting"),
    "set": ("sets", "setting"),
    "shut": ("shuts", "shutting"),
    "quit": ("quits", "quitting"),
    "let": ("lets", "letting"),
    "beat": ("beats", "beaten", "beating"),
    "bid": ("bids", "bidding", "bade"),
    "strike": ("strikes", "struck", "striking", "stricken"),
    "break": ("breaks", "broke", "broken", "breaking"),
    "say": ("says", "said", "saying"),
    "pay": ("pays", "paid", "paying"),
    "lay": ("lays", "laid", "laying"),
    "tell": ("tells", "told", "telling"),
    "sell": ("sells", "sold", "selling"),
    "buy": ("buys", "bought", "buying"),
    "bring": ("brings", "brought", "bringing"),
    "seek": ("seeks", "sought", "seeking"),
    "fight": ("fights", "fought", "fighting"),
    "think": ("thinks", "thought", "thinking"),
    "throw": ("throws", "threw", "thrown", "throwing"),
    "overthrow": ("overthrows", "overthrew", "overthrown", "overthrowing"),
    "withdraw": ("withdraws", "withdrew", "withdrawn", "withdrawing"),
    "draw": ("draws", "drew", "drawn", "drawing"),
    "know": ("knows", "knew", "known", "knowing"),
    "fall": ("falls", "fell", "fallen", "falling"),
    "fly": ("flies", "flew", "flown", "flying"),
    "find": ("finds", "found", "finding"),
    "bind": ("binds", "bound", "binding"),
    "win": ("wins", "won", "winning"),
    "run": ("runs", "ran", "running"),
    "begin": ("begins", "began", "begun", "beginning"),
    "swear": ("swears", "swore", "sworn", "swearing"),
    "tear": ("tears", "tore", "torn", "tearing"),
    "bear": ("bears", "bore", "borne", "bearing"),
    "lead": ("leads", "led", "leading"),
    "leave": ("leaves", "left", "leaving"),
    "keep": ("keeps", "kept", "keeping"),
    "sit": ("sits", "sat", "sitting"),
    "ring": ("rings", "rang", "rung", "ringing"),
    "sing": ("sings", "sang", "sung", "singing"),
    "sink": ("sinks", "sank", "sunk", "sinking"),
    "shake": ("shakes", "shook", "shaken", "shaking"),
    "shoot": ("shoots", "shot", "shooting"),
    "slay": ("slays", "slew", "slain", "slaying"),
    "snap": ("snaps", "snapped", "snapping"),
    "spring": ("springs", "sprang", "sprung", "springing"),
    "shrink": ("shrinks", "shrank", "shrunk", "shrinking"),
    "bite": ("bites", "bit", "bitten", "biting"),
    "forbid": ("forbids", "forbade", "forbidden", "forbidding"),
    "rise": ("rises", "rose", "risen", "rising"),
    "forge": ("forges", "forged", "forging"),
    "feel": ("feels", "felt", "feeling"),
    "flee": ("flees", "fled", "fleeing"),
    "rebut": ("rebuts", "rebutted", "rebutting"),
    "spar": ("spars", "sparred", "sparring"),
    "spat": ("spats", "spatted", "spatting"),
    "veto": ("vetoes", "vetoed", "vetoing"),
    "echo": ("echoes", "echoed", "echoing"),
    "panic": ("panics", "panicked", "panicking"),
    "tie": ("ties", "tied", "tying"),
    "lie": ("lies", "lied", "lying", "lain"),
    "gut": ("guts", "gutted", "gutting"),
    "refer": ("refers", "referred", "referring"),
    "defer": ("defers", "deferred", "deferring"),
    "confer": ("confers", "conferred", "conferring"),
    "transfer": ("transfers", "transferred", "transferring"),
    "differ": ("differs", "differed", "differing"),
    "offer": ("offers", "offered", "offering"),
    "commit": ("commits", "committed", "committing"),
    "admit": ("admits", "admitted", "admitting"),
    "permit": ("permits", "permitted", "permitting"),
    "submit": ("submits", "submitted", "submitting"),
    "compel": ("compels", "compelled", "compelling"),
    "expel": ("expels", "expelled", "expelling"),
    "repel": ("repels", "repelled", "repelling"),
    "concur": ("concurs", "concurred", "concurring"),
    "incur": ("incurs", "incurred", "incurring"),
    "cancel": ("cancels", "cancelled", "canceled", "cancelling", "canceling"),
    "travel": ("travels", "travelled", "traveled", "travelling", "traveling"),
    "quarrel": ("quarrels", "quarrelled", "quarreled", "quarrelling", "quarreling"),
    "label": ("labels", "labelled", "labeled", "labelling", "labeling"),
    "model": ("models", "modelled", "modeled", "modelling", "modeling"),
    "signal": ("signals", "signalled", "signaled", "signalling", "signaling"),
    "duel": ("duels", "duelled", "dueled", "duelling", "dueling"),
    "level": ("levels", "levelled", "leveled", "levelling", "leveling"),
    "channel": ("channels", "channelled", "channeled", "channelling", "channeling"),
    "counsel": ("counsels", "counselled", "counseled", "counselling", "counseling"),
    "feud": ("feuds", "feuded", "feuding"),
    "bus": ("buses", "bused", "busing"),
    "grit": ("grits", "gritted", "gritting"),
    "equip": ("equips", "equipped", "equipping"),
    "leap": ("leaps", "leapt", "leaped", "leaping"),
    "plead": ("pleads", "pleaded", "pled", "pleading"),
    "wind": ("winds", "wound", "winding"),
    "swing": ("swings", "swung", "swinging"),
    "bend": ("bends", "bent", "bending"),
    "cling": ("clings", "clung", "clinging"),
    "fling": ("flings", "flung", "flinging"),
    "become": ("becomes", "became", "becoming"),
    "patrol": ("patrols", "patrolled", "patrolling"),
}
_PREFIXES = ("under", "over", "with", "inter", "mis", "out", "up", "un", "re", "fore", "for")
_IRREGULAR_NOUNS = {
    "veto": "vetoes",
    "embargo": "embargoes",
    "thief": "thieves",
    "crisis": "crises",
}


def _doubles(verb: str) -> bool:
    """True for stems like "rip", "slam", "bar", "ban", "snub", "trim", "unplug"."""
    if not re.search(r"[^aeiou][aeiou][bdgklmnprt]$", verb):
        return False
    return (len(verb) <= 4 and verb not in ("open", "exit")) or verb in ("scrap", "strip", "shrug")


def _may_double(verb: str) -> bool:
    """True for longer verbs whose spelling hangs on stress or country ("regretted", "libelled")."""
    return bool(re.search(r"[^aeiou][aeiou][bdglmnprt]$", verb)) and len(verb) > 4


def verb_forms(verb: str) -> tuple[str, ...]:  # noqa: PLR0911 - one per spelling rule
    """All forms of a verb, base form first.

    >>> verb_forms("deny")
    ('deny', 'denies', 'denied', 'denying')
    >>> verb_forms("slam")
    ('slam', 'slams', 'slammed', 'slamming')
    """
    if verb in _IRREGULAR:
        return (verb, *_IRREGULAR[verb])
    for start in _PREFIXES:
        stem = verb.removeprefix(start)
        if stem != verb and stem in _IRREGULAR:  # "undertook", "unfroze", "misled"
            return (verb, *(start + form for form in _IRREGULAR[stem]))
    if "-" in verb:
        prefix, _, stem = verb.rpartition("-")
        return tuple(f"{prefix}-{form}" for form in verb_forms(stem))
    if re.search(r"[^aeiou]y$", verb):
        stem = verb[:-1]
        return verb, stem + "ies", stem + "ied", verb + "ing"
    third = verb + ("es" if re.search(r"(?:s|x|z|ch|sh|o)$", verb) else "s")
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb, third, verb + "d", verb[:-1] + "ing"
    if verb.endswith("e"):
        return verb, third, verb + "d", verb + "ing"
    doubled = verb + verb[-1]
    if _doubles(verb):
        return verb, third, doubled + "ed", doubled + "ing"
    both = (doubled + "ed", doubled + "ing") if _may_double(verb) else ()
    return verb, third, verb + "ed", verb + "ing", *both


def noun_forms(noun: str) -> tuple[str, ...]:
    """Singular and plural.

    >>> noun_forms("penalty")
    ('penalty', 'penalties')
    """
    if noun in _IRREGULAR_NOUNS:
        return noun, _IRREGULAR_NOUNS[noun]
    if re.search(r"[^aeiou]y$", noun):
        return noun, noun[:-1] + "ies"
    if noun.endswith("s"):
        return (noun,)
    return noun, noun + ("es" if re.search(r"(?:x|z|ch|sh)$", noun) else "s")
