package indexer

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"testing"

	"dalel/corpus"
	"dalel/corpus/lang"
)

// analysedTexts are read as every language that they may be in. They hold what
// the rules of tokens, folding and stems are about; more lines may be added
// together with another golden hash.
var analysedTexts = []string{
	"SPECIMEN. Сот азаптау арқылы алынған дәлелдемелерді жарамсыз деп таныды.",
	"Қоңыртауовтың қорғаушысына ҚР ҚК-нің 405-бабының 2-бөлігі бойынша шағымданбағандықтан берілмеді.",
	"Жиналыстарымыздағылар, бейбіт жиналысқа қатысушылардың құқықтарын бұзғандар туралы үкімдер.",
	"Доказательства, полученные под пыткой, судом признаны недопустимыми (ч. 2 ст. 405 УК РК).",
	"Осуждённый Коныртауов содержался в СИЗО-18; его защитником заявлено ходатайство № 12/1 о незаконном задержании.",
	"Свобода мирных собраний и объединений, свидетели, потерпевшие, следственного судьи.",
	"The Working Group finds that Mr. Konyrtauov’s deprivation of liberty under article 405(2) was arbitrary.",
	"Witnesses were detained, brought promptly before judges; A/HRC/WGAD/2022/931, paras. 34–36, 17 Feb. 2022.",
	"Ко\u00adныртау\u00adов \u200bCоныртауов e\u0301lite ﬁnding ЁЛКА 10³ «кавычки» it's об’екти",
}

// analysisHash is the hash of all tokens of analysedTexts, their stems and the
// fields they are in.
func analysisHash() string {
	h := sha256.New()
	for _, text := range analysedTexts {
		for _, code := range []string{"kk", "ru", "en", "und"} {
			tokens, langs := paragraph(&corpus.Paragraph{Role: corpus.RoleBody, Lang: code, Text: text})
			for i := range tokens {
				fmt.Fprintln(h, tokens[i].Start, tokens[i].End, tokens[i].Form)
				for _, l := range langs {
					fmt.Fprintf(h, "%s %q\n", l, lang.Stems(tokens[i].Form, l))
				}
			}
			terms := termsOf(tokens, langs)
			for _, f := range slices.Sorted(maps.Keys(terms)) {
				fmt.Fprintf(h, "%s %s %q\n", code, f, terms[f])
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// TestAnalysisVersion fails when words are read in another way than the
// libraries out there were indexed with.
func TestAnalysisVersion(t *testing.T) {
	if got := analysisHash(); got != analysisGolden {
		t.Errorf("texts are analysed in another way than by version %d: add one to analysisVersion, or old libraries miss words, and set analysisGolden to %q", analysisVersion, got)
	}
}
