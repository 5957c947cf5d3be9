package names

// The costs of turning one reading into another. They follow what spellings of
// names in Kazakh, Russian and English swap: vowels for each other, voiced for
// voiceless, ш for ч in French; and marks get lost: š, ž. A full change of consonant costs 1.
const (
	costVowels     = 0.9  // any two vowels: Марат is not Мурат
	costNearVowels = 0.25 // o/u, e/i, a/e, o/a
	costIotated    = 0.2  // a vowel with and without i before it
	costVowel      = 0.45 // a vowel more
	costGlide      = 0.25 // an i more
	costBreath     = 0.6  // an x more
	costConsonant  = 1.0
	costClash      = 1.2 // a vowel for a consonant
	costKipchak    = 0.3 // an initial ж for й
	steepness      = 1.6 // of likeness per share of the longer reading
	shortest       = 3   // readings are taken to be this long at least
)

// costs are what a change of one sound for another costs, symmetric.
var costs = func() (t [128][128]float32) {
	const sounds = "aeiouAOUbpvfmnlrtdszkxgCSJ"
	for _, a := range []byte(sounds) {
		for _, b := range []byte(sounds) {
			switch {
			case a == b:
			case isVowel(a) && isVowel(b):
				t[a][b] = costVowels
			case isVowel(a) != isVowel(b):
				t[a][b] = costClash
			default:
				t[a][b] = costConsonant
			}
		}
	}
	for pair, c := range map[string]float32{
		"ou": costNearVowels, "ei": costNearVowels, "ae": costNearVowels, "ao": costNearVowels, "eo": 0.35, "iu": 0.4, "oA": 0.4,
		"aA": costIotated, "oO": costIotated, "uU": costIotated, "eO": costIotated, "eA": 0.3, "iA": 0.3, "iU": 0.3,
		"kx": 0.1, "uv": 0.25, "gk": 0.4, "gx": 0.4, "sz": 0.4, "fv": 0.4, "Ji": 0.4, "bp": 0.5, "dt": 0.5,
		"CS": 0.5, "JS": 0.5, "CJ": 0.5, "Jz": 0.3, "Ss": 0.3, "Cx": 0.5, "Ck": 0.6, "mn": 0.6, "bv": 0.6, "fp": 0.5, "gv": 0.7,
	} {
		t[pair[0]][pair[1]], t[pair[1]][pair[0]] = c, c
	}
	return t
}()

func costOfOne(c byte) float32 {
	switch c {
	case 'i':
		return costGlide
	case 'x':
		return costBreath
	}
	if isVowel(c) {
		return costVowel
	}
	return costConsonant
}

// distance is the cheapest way from one reading to another.
func distance(a, b string) float64 {
	var rows [2][maxSounds + 1]float32
	last, row := &rows[0], &rows[1]
	for j := range len(b) {
		last[j+1] = last[j] + costOfOne(b[j])
	}
	for i := range len(a) {
		drop := costOfOne(a[i])
		row[0] = last[0] + drop
		for j := range len(b) {
			row[j+1] = min(last[j]+costs[a[i]][b[j]], last[j+1]+drop, row[j]+costOfOne(b[j]))
		}
		last, row = row, last
	}
	return float64(last[len(b)])
}

// likeness of two readings is 1 for equal ones, 0 for ones that have nothing
// to do with each other. It is symmetric.
func likeness(a, b string) float64 {
	if a == b {
		return 1
	}
	long := max(len(a), len(b), shortest)
	d := distance(a, b)
	if softened(a, b) {
		d = min(d, costKipchak+distance(yodOf(a), b))
	} else if softened(b, a) {
		d = min(d, costKipchak+distance(a, yodOf(b)))
	}
	return max(0, 1-steepness*d/float64(long))
}

// softened reports whether a begins with the ж that Kazakh, Karakalpak and Kyrgyz
// have where other Turkic languages, and Arabic names in them, have й, and b with
// that й: Жүніс is Yunus, Жақып Yakub (Johanson and Csató, The Turkic Languages,
// 1998, on initial *y in Kipchak). The vowel behind it must be alike.
func softened(a, b string) bool {
	if len(a) < 3 || a[0] != 'J' || b == "" {
		return false
	}
	switch a[1] {
	case 'a':
		return b[0] == 'A'
	case 'o', 'u':
		return b[0] == 'O' || b[0] == 'U'
	case 'e', 'i':
		return b[0] == 'e' || b[0] == 'i'
	}
	return false
}

// yodOf is a reading with й for its initial ж.
func yodOf(a string) string { return string(iotated(a[1])) + a[2:] }

// bestLikeness is the likeness of the two nearest of the readings of two words.
func bestLikeness(a, b []string) float64 {
	best := 0.0
	for _, x := range a {
		for _, y := range b {
			if best = max(best, likeness(x, y)); best == 1 {
				return 1
			}
		}
	}
	return best
}
