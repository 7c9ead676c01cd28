"""A few hundred plain English words and phrases, of which labels, sentences and documents are made."""

from __future__ import annotations

_ADJECTIVES = """
    amber ancient autumn basic bold brave bright broad bronze calm careful central classic clean clear clever coastal
    cobalt compact copper coral cosy crisp crystal curious daily deep distant double early eastern easy electric elegant
    emerald even fair famous fine firm flat fresh friendly gentle global golden grand green happy hidden honest humble
    ideal indigo inner ivory jolly keen kind large late light lively local lunar major marble mellow merry middle mild
    modern modest narrow natural neat new nimble noble northern open orange organic outer pale patient plain polished
    polite prime proud pure quick quiet rapid rare ready regular rich round royal rustic scarlet secure serene sharp
    shiny silent silver simple sleek small smart smooth soft solar solid southern spare spring steady still stone
    strong subtle summer sunny super swift tall tender thin tidy tiny true upper urban useful velvet violet vivid warm
    western white wide wild winter wise wooden young
"""

_NOUNS = """
    account agenda album anchor apple arch archive arrow atlas badge balcony bank barrel basin basket beacon bench
    bicycle board boat book border bottle bowl branch brick bridge brook brush bucket building bundle cabin cable camera
    canal candle canvas canyon carpet castle catalogue cedar chain chair channel chapter chart cherry circle city clock
    cloud coast coin column comet compass copy corner cottage counter course cover cradle creek crown cup curtain cycle
    dawn deck desert design desk dial diary dome door draft drawer dream drum earth echo edge elm ember engine entry
    evening falcon farm feather fence fern field figure filter flag flame flower folder forest forge fountain frame
    frost gallery garden gate glacier glass globe grove guide hall hammer harbour harvest hazel helmet hill hinge hollow
    horizon house index island ivy jacket jar journal journey key kitchen ladder lagoon lake lamp lantern laurel leaf
    ledger lemon letter lever library lighthouse lily line linen list lock loom maple map market meadow mill mirror
    model moon morning mosaic mountain mural needle notebook oak ocean office olive orchard order outline paddle page
    palace panel paper parcel park path pattern pebble pencil picture pier pillow pine planet plate platform plaza
    pocket pond porch portrait postcard prairie project quarry quartz quill quilt radio railway rain record report
    ribbon ridge river road rocket roof room root rope sail sample school screen season sequence shelf shell shore
    signal sketch sky slate snow socket song source spark sparrow spiral square stage stamp star station stream street
    studio summit sunrise switch table tablet target teapot temple terrace theatre thread tile timber token tower town
    track trail train tray tree trunk tulip tunnel valley vault vessel village vine vintage wagon walnut watch water
    wave wheel willow window wing wood workshop yard zephyr
"""

_VERBS = (
    "opens next to",
    "stands beside",
    "leads towards",
    "was moved to",
    "belongs with",
    "arrived before",
    "replaces",
    "looks like",
    "points at",
    "was found near",
    "matches",
    "follows",
    "depends on",
    "comes with",
    "was checked against",
    "sits above",
    "faces",
    "was made for",
    "works well with",
    "needs",
    "keeps close to",
    "goes before",
    "was traded for",
    "improves",
)

_TAILS = (
    "",
    "",
    "",
    " every morning",
    " for now",
    " since last week",
    " without delay",
    " in most cases",
    " after the break",
    " as agreed",
    " at the usual place",
    " until further notice",
    " by the end of the month",
    " once more",
    " on request",
    " before noon",
    " during the summer",
    " as expected",
    " for the first time",
    " again",
)

ADJECTIVES = tuple(_ADJECTIVES.split())
NOUNS = tuple(_NOUNS.split())
WORDS = ADJECTIVES + NOUNS

SUBJECTS = tuple(f"{article} {noun}" for noun in NOUNS for article in ("The", "This", "Our", "Each"))
ACTIONS = tuple(f" {verb} the {adjective} " for adjective in ADJECTIVES for verb in _VERBS)
ENDINGS = tuple(f"{noun}{tail}." for noun in NOUNS for tail in _TAILS)
