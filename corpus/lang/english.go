package lang

import (
	"strings"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// englishStems is porter2, after a possessive ending or a contracted not; irregular forms are
// listed and stemmed as the word they belong to.
func englishStems(form string) []string {
	form = strings.TrimSuffix(form, "'s")
	if base, ok := strings.CutSuffix(form, "n't"); ok && base != "" {
		form = base
	}
	if base, ok := englishIrregular[form]; ok {
		form = base
	}
	if form == "add" { // porter2 makes "ad" of added, but not of add
		return []string{form}
	}
	env := snowballstem.NewEnv(form)
	english.Stem(env)
	if env.Current() == "" {
		return []string{form}
	}
	return []string{env.Current()}
}

// englishIrregular gives the base of irregular forms. A line is a word: its
// base, then its forms. Forms that are common words of another meaning are
// left out (left, lay, rose, bore, ground, wound).
var englishIrregular = func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(englishForms) {
		words := strings.Fields(line)
		for _, w := range words[min(1, len(words)):] {
			m[w] = words[0]
		}
	}
	return m
}()

const englishForms = `be am is are was were been being
have has had having
do does did done
go went gone goes
say said
get got gotten
make made
know knew known
think thought
take took taken
see saw seen
come came
want wanted
give gave given
find found finding finds
shall sha
tell told
become became
leave leaving
feel felt
bring brought
begin began begun
keep kept
hold held
write wrote written
stand stood
hear heard
mean meant
meet met
run ran
pay paid
sit sat
speak spoke spoken
lead led
grow grew grown
lose lost
fall fell fallen
send sent
build built
understand understood
draw drew drawn
break broke broken
spend spent
rise risen
drive drove driven
buy bought
wear wore worn
choose chose chosen
seek sought
throw threw thrown
catch caught
deal dealt
win won
forget forgot forgotten
fight fought
teach taught
eat ate eaten
sing sang sung
strike struck stricken
hang hung
shake shook shaken
ride rode ridden
fly flew flown
sleep slept
shoot shot
sell sold
arise arose arisen
swear swore sworn
steal stole stolen
hide hid hidden
bind bound
beat beaten
bite bit bitten
blow blew blown
feed fed
flee fled
forbid forbade forbidden
forgive forgave forgiven
freeze froze frozen
overcome overcame
overthrow overthrew overthrown
undergo underwent undergone
undertake undertook undertaken
withdraw withdrew withdrawn
withhold withheld
uphold upheld
mistake mistook mistaken
foresee foresaw foreseen
swim swam swum
sink sank sunk
drink drank drunk
ring rang rung
lend lent
bend bent
sweep swept
weep wept
creep crept
dig dug
stick stuck
sting stung
swing swung
spin spun
slide slid
tear tore torn
wake woke woken
weave wove woven
wind winding
light lit
lie lying lied
die dying
tie tying
dream dreamt
learn learnt
burn burnt
spell spelt
spoil spoilt
breed bred
bleed bled
cling clung
grind grinding
kneel knelt
mislead misled
misunderstand misunderstood
rebuild rebuilt
redo redid redone
repay repaid
retake retook retaken
rewrite rewrote rewritten
shine shone
shrink shrank shrunk
spring sprang sprung
strive strove striven
tread trod trodden
will wo
can ca cannot
man men
woman women
child children
person people
foot feet
tooth teeth
mouse mice
goose geese
life lives
wife wives
knife knives
half halves
leaf leaves
shelf shelves
thief thieves
wolf wolves
self selves
crisis crises
analysis analyses
basis bases
hypothesis hypotheses
thesis theses
criterion criteria
phenomenon phenomena
i me
he him
she hers
we us
they them
bus buses
gas gases
add adds added adding
this these
that those
who whom whose
good better best
bad worse worst
more most
less least
an a
`
