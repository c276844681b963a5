"""Closed word classes that the rules of syntax, speech and modality rest on."""

from __future__ import annotations

__all__ = [
    "AGENT_NOUNS",
    "ARMED_NOUNS",
    "CHARGE_NOUNS",
    "DEED_NOUNS",
    "DITRANSITIVE",
    "FUTURE",
    "HEDGES",
    "HYPOTHETICAL_CUES",
    "IMPLICATIVE",
    "MEASURE_NOUNS",
    "NEGATING_CUES",
    "NEGATORS",
    "OBJECT_CONTROL",
    "PEOPLE_NOUNS",
    "PHRASE_GAP",
    "REQUEST_NOUNS",
    "REVERSE_LIGHT",
    "SAY",
    "SHIELDING",
    "TIMES",
    "WEEKDAYS",
    "words",
]  # fmt: skip


def words(text: str) -> frozenset[str]:
    """The words of a blank-separated list."""
    return frozenset(text.split())


PHRASE_GAP = 3
"""How many tokens may stand between two words of a verbal expression."""

AGENT_NOUNS = words(
    "administration adviser advisor aide airmen ally ambassador army authority authorities "
    "bomber bombers cabinet chancellor commander commissioner counterpart colleague "
    "colleagues aircraft delegate delegation "
    "deputy diplomat diplomats embassy envoy envoys executive force forces foreign-ministry "
    "general governor government governments head intelligence jet jets judge king lawmaker "
    "lawmakers leader leaders leadership legislator legislators mep meps military minister "
    "ministers ministry mp mps navy negotiator negotiators officer officers official "
    "officials parliament parliamentarian parliamentarians people planes police politician "
    "politicians premier presidency president prime-minister prosecutor prosecutors queen "
    "regime regulator regulators representative representatives secretary senate senator "
    "senators side soldier soldiers speaker spokesman spokesmen spokesperson spokespersons "
    "spokeswoman spokeswomen team trooper troops warplane warplanes warship warships citizens "
    "group network militia movement faction contingent troop source sources hackers agents "
    "spies spy services drone drones missiles rockets ships vessel vessels tanks frigate frigates "
    "submarine submarines coastguard bombs shells destroyer fighters artillery"
)
PEOPLE_NOUNS = words(
    "activist activists advisers campaigner campaigners civilian civilians demonstrator "
    "demonstrators detainee detainees doctors dissidents exiles extremists farmers fighters "
    "fishermen guerrilla guerrillas hostages immigrants insurgents journalist journalists "
    "kurds mercenaries militant militants militiamen migrants nationals peacekeepers prisoner "
    "prisoners protesters rebel rebels refugees residents servicemen servicewomen settlers "
    "separatists students teachers tourists villagers voters workers youths dissident "
    "nationalists trainers inspectors pilot pilots sailors crew"
)
ARMED_NOUNS = words(
    "army bomber bombers force forces jet jets military navy planes soldiers troops warplane "
    "warplanes warships"
)
CHARGE_NOUNS = words(
    "accusation accusations allegation allegations argument assertion assertions attack "
    "attacks charge charges claim claims comment comments complaint complaints criticism "
    "criticisms idea insinuation insult insults notion remark remarks report reports rebuke "
    "statement statements suggestion suggestions threat threats warning warnings words"
)
MEASURE_NOUNS = words(
    "ban bans blacklist duties duty embargo fine fines levies levy measure measures penalty "
    "restriction restrictions sanction sanctions tariff tariffs countermeasures boycott "
    "blockade visa-ban cut cuts package"
)
REQUEST_NOUNS = words(
    "appeal appeals call calls demand demands initiative invitation offer plan plans plea "
    "pleas proposal proposals request requests resolution ultimatum draft overture compromise "
    "suggestion idea text"
)
DEED_NOUNS = words(
    "act action actions announcement announcements behaviour behavior decision decisions deal "
    "agreement law laws move moves operation policy position refusal ruling speech step steps "
    "stance strike strikes withdrawal invasion intervention bombing surveillance visit letter "
    "bill order reaction response treatment vote exit tone rhetoric programme program "
    "subsidies verdict mechanism annexation aggression offensive campaign mediation conduct "
    "pressure"
)
NEGATORS = words("not n't n’t never no neither nor nobody none nothing hardly scarcely without")
FUTURE = words("will shall 'll ’ll wo")
HEDGES = words("would could may might can ca should 'd ’d")
NEGATING_CUES = words(
    "refuse decline fail avoid refrain forget neglect omit stop cease abstain deny hesitate "
    "prevent forbid prohibit avert resist reject forgo short cancel block shy shrink lack "
    "preclude ban bar abandon"
)
HYPOTHETICAL_CUES = words(
    "want plan hope consider threaten intend seek mull prepare offer promise agree urge ask "
    "expect wish try attempt weigh contemplate ponder aim propose suggest demand request "
    "pledge vow press push call order invite encourage advise persuade recommend fear warn "
    "could might suppose imagine predict foresee schedule discuss need require wait look "
    "pretend tempt favour favor debate advocate accept commit undertake seem appear be-to "
    "allow permit authorise authorize enable convince lobby beg tell set due bound ready able "
    "likely willing prepared poised keen eager unwilling reluctant unable afraid risk hint "
    "speculate doubt desire swear volunteer help"
)
IMPLICATIVE = words(
    "manage begin start continue decide go come move proceed hasten rush dare happen choose "
    "get keep be use resume elect join announce vote follow tend succeed help remain say "
    "reportedly confirm report find see hear think"
)
OBJECT_CONTROL = words(
    "ask urge tell force order allow want expect persuade invite call warn help press make "
    "let authorise authorize permit forbid lead leave cause encourage advise beg implore "
    "instruct compel oblige push request require enable remind convince get pressure prompt "
    "prevent stop bar ban accuse suspect blame"
)
REVERSE_LIGHT = words(
    "receive face draw win attract earn get incur suffer obtain enjoy provoke prompt trigger "
    "spark secure meet come encounter elicit gain"
)
SAY = words(
    "say tell state declare add argue insist note maintain explain write claim assert reply "
    "respond announce report warn remark observe comment tweet post stress emphasise "
    "emphasize underline confirm acknowledge believe think complain suggest conclude contend "
    "allege feel inform remind repeat reiterate vow promise pledge reveal admit concede "
    "predict continue"
)
DITRANSITIVE = words("offer give send grant owe promise lend deny show sell hand deliver")
SHIELDING = words("block veto oppose delay lift ease scrap reject suspend stop end")

WEEKDAYS = words(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today tonight meanwhile"
)
"""Days, and what stands in their place."""

TIMES = WEEKDAYS | words(
    "january february march april may june july august september october november december week "
    "month year summer spring autumn winter night evening morning weekend"
)
"""Words that say when."""
