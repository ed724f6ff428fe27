"""Words that the first guesses at a password consist of. Our own list: short, for anything below twelve characters
is refused anyway, and what is longer is mostly these words with digits behind them, or twice."""

_WORDS = """
password passwort passwd secret login logon welcome letmein changeme default temporary temp test
testing guest admin administrator root user username master super staff office manager charity
turnstone community centre story stories hello hallo iloveyou love lovely princess prince sunshine
flower monkey dragon shadow football soccer rugby cricket liverpool arsenal chelsea everton united
manchester london england scotland wales ireland britain summer autumn winter spring january
february march april june july august september october november december monday tuesday wednesday
thursday friday saturday sunday today computer internet google facebook windows microsoft apple
samsung batman superman starwars pokemon trustno charlie michael jordan george thomas daniel jessica
ashley baseball basketball hockey killer ninja mustang access whatever freedom cheese chocolate
banana orange cookie coffee pepper ginger buster tigger angel angels baby family mother father
qwerty qwertz azerty asdf zxcv qazwsx abc abcd xyz correcthorsebatterystaple donotuse nopassword
mypassword thisis thisisa
"""

COMMON = frozenset(_WORDS.split())
