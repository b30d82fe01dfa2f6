"""How people say things in English, as tables and nothing else.

Another language is another file with these names. It is Python and not YAML so that nothing has
to be read and checked while somebody waits for the first question. Words are written as `plain`
makes them: lower case, no marks.
"""

from __future__ import annotations

YES, NO, UNSURE, PARTLY = "yes", "no", "unsure", "partly"

# What short words come to where they are all that is said. Longer ones are tried first.
SAID = {
    YES: (
        "y|ya|yah|yea|yeah|yeh|yep|yes|yup|aye|sure|sure thing|of course|for sure|definitely|"
        "absolutely|certainly|correct|right|true|affirmative|indeed|ok|okay|uh huh|i do|i did|"
        "i am|i can|i have|i was|i think so|i guess so|it does|it is|it did|it has|they do|"
        "they have|they are|he did|she did|all the time|always|very much|totally"
    ),
    NO: (
        "n|na|nah|nay|never|never ever|never had|no|no way|nope|nop|none|none of them|"
        "none of these|none of those|none at all|not any|not at all|not a bit|not really|"
        "not ever|not yet|not now|not me|not today|not one|not that i know|not that i know of|"
        "not that i am aware of|not that im aware of|not so far|not in the least|"
        "not that i noticed|not that i can think of|nothing|nothing at all|nothing like that|"
        "nothing of the sort|negative|nada|neither|no one|nobody|false|dont|do not|i dont|i do not|"
        "dont think so|do not think so|i dont think so|i do not think so|i dont have any|"
        "i do not have any|dont have any|i have none|i have nothing|have none|got none|i have not|"
        "i havent|havent|i am not|im not|i cant|i cannot|i can not|cant|cannot|doesnt|does not|"
        "it doesnt|it does not|it isnt|it is not|isnt|didnt|did not|i didnt|i did not|"
        "they dont|they do not|they havent|they have not|they arent|they didnt|he didnt|she didnt|"
        "not as such|not at the moment|not right now|not currently|currently not|not at present|"
        "not applicable|no symptoms|no signs|nothing to report"
    ),
    UNSURE: (
        "unsure|not sure|im not sure|i am not sure|not too sure|not really sure|not certain|"
        "not entirely sure|not 100 sure|uncertain|no idea|no clue|not a clue|i have no idea|"
        "havent a clue|havent got a clue|"
        "ive no idea|idk|dk|dunno|i dunno|dont know|do not know|i dont know|i do not know|"
        "i dont really know|dont really know|i really dont know|dont remember|i dont remember|"
        "cant remember|i cant remember|cant say|i cant say|cannot say|cant tell|i cant tell|"
        "cannot tell|hard to say|hard to tell|difficult to say|who knows|no opinion|maybe|perhaps|"
        "possibly|might be|could be|it depends|depends|skip|pass|unknown|not known|wish i knew"
    ),
    PARTLY: (
        "a bit|a little|a little bit|bit|little|just a bit|just a little|kind of|kinda|sort of|"
        "sorta|somewhat|slightly|sometimes|some times|at times|now and then|now and again|"
        "from time to time|occasionally|on and off|off and on|partly|partially|in part|some|"
        "somehow|hardly|hardly ever|a tad|a touch|mostly|mainly|usually|not always|not fully|"
        "not completely|not entirely|not quite|rarely|more or less|yes and no|so so|mild|mildly"
    ),
}

# Words that change nothing beside those above.
FILLER = (
    "a|left|actually|been|done|er|got|had|has|have|having|hm|hmm|honestly|i|id|im|it|its|ive|just|"
    "luckily|me|my|now|oh|one|only|please|really|right now|sir|so|still|thank|thanks|that|the|"
    "there|think|this|today|um|uh|well|yet|you|any|anything|of these|of those|of them|"
    "at the moment|getting|gets|feeling|feels|is|was|are|be|for|to|in|on|at|of|from|with|by|an"
    "|my own|am|did|very|pretty|quite|above|apply|applies|i am fine|im fine|i am ok|im ok|all good"
)

# Words that turn the meaning round: what is typed and what is taken must agree in them.
NEGATIONS = (
    "no|not|never|none|nothing|nor|neither|without|cannot|cant|dont|doesnt|didnt|isnt|arent|"
    "wasnt|werent|havent|hasnt|hadnt|wont|wouldnt|shouldnt|couldnt|aint|nobody|non|un|except|but|"
    "hardly|nope|nah|lack|nt|nto|notcleared"
)
NEVER = "never"
NO_CHOICE = ("no", NEVER, "none")  # ids of choices that "no" comes to
NOT_NOW = (
    "not now|not today|not at the moment|not right now|not currently|currently not|not at present"
)
HOW_OFTEN = ("once", "twice")  # among the numbers
EVERYTHING = "all|all of them|all of these|all of those|everything|every one|each of them"
AND = r"and|plus|as well as"
OR = "or"
ENDINGS = ("es", "s", "ing")  # of a word that may stand without them

# Words to the program.
COMMANDS = {
    "?": "help me understand|meaning|what|what does that mean|what do you mean|explain|huh",
    "why": "why do you ask|why that|why this",
    "back": "go back|previous|undo|oops",
    "keep": "leave it|keep it|same answer|unchanged",
    "list": "show|show list|show all|show them|options|choices|ls",
    "enough": "thats enough|that is enough|no more questions",
    "quit": "q|exit|leave|bye|stop|end|abort|cancel|logout",
    "help": "h|commands",
}

# Numbers.
NUMBERS = {
    "zero": 0, "nil": 0, "one": 1, "once": 1, "two": 2, "twice": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
TIMES = {"hundred": 100, "thousand": 1000, "dozen": 12}
ARTICLES = ("a", "an")  # one, before a unit
UNITS = {
    "minute": 1, "min": 1, "hour": 60, "hr": 60, "h": 60, "day": 1440, "d": 1440, "week": 10080,
    "wk": 10080, "fortnight": 20160, "month": 43200, "year": 525600, "yr": 525600, "y": 525600,
}  # fmt: skip
HALF = "and a half"
MOMENTS = {"yesterday": "1 day", "the day before yesterday": "2 day", "a couple of": "2"}
RATE = ("per", "every", "each", "x", "times", "time")  # with these, a time is how often
OUT_OF = "out of|of"
TO = "to|or|and|till|until"  # between two numbers
MORE = "more than|over|at least|above|longer than|upwards of|no less than|not less than"
LESS = "in the last|less than|under|at most|below|up to|not more than|no more than|within"
ABOUT = (  # what may stand around a number and changes nothing
    "about|around|approximately|approx|roughly|circa|maybe|perhaps|probably|like|say|nearly|"
    "almost|or so|ish|give or take|i think|i guess|i would say|id say|a good|its|it is|it was|im|"
    "aged|yo|i am|is|now|today|just|only|right now|at the moment|old|ago|of age|in total|times|"
    "time|x|every|each|per|i|had|have|was|last|been|the|between|from|number|option"
)
