package pdf

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/ledongthuc/pdf"
)

// maxLabelRanges is how many ranges of page labels are read.
const maxLabelRanges = 4096

// labelRange labels the pages from one on (ISO 32000-1, 12.4.2).
type labelRange struct {
	from   int // 0-based page
	style  string
	prefix string
	start  int
}

// readLabels reads the page labels of the file; none if they are broken.
func readLabels(d *document) []labelRange {
	var out []labelRange
	_ = safely(func() error { // without labels a page has its printed number
		out = labelTree(d.rd.Trailer().Key("Root").Key("PageLabels"), nil, 0)
		return nil
	})
	slices.SortStableFunc(out, func(a, b labelRange) int { return cmp.Compare(a.from, b.from) })
	return out
}

func labelTree(v pdf.Value, out []labelRange, depth int) []labelRange {
	nums, kids := v.Key("Nums"), v.Key("Kids")
	for i := 0; i+1 < nums.Len() && len(out) < maxLabelRanges; i += 2 {
		l := nums.Index(i + 1)
		r := labelRange{from: int(nums.Index(i).Int64()), style: l.Key("S").Name(), prefix: l.Key("P").Text(), start: 1}
		if st := l.Key("St"); st.Kind() == pdf.Integer && st.Int64() > 0 && st.Int64() < 1e6 {
			r.start = int(st.Int64())
		}
		out = append(out, r)
	}
	for i := 0; i < kids.Len() && depth < 8 && len(out) < maxLabelRanges; i++ {
		out = labelTree(kids.Index(i), out, depth+1)
	}
	return out
}

// pageLabel returns the label of a 0-based page; "" when the file has none.
func (d *document) pageLabel(page int) string {
	i := len(d.labels) - 1
	for i >= 0 && d.labels[i].from > page {
		i--
	}
	if i < 0 {
		return ""
	}
	r := d.labels[i]
	n := r.start + page - r.from
	switch r.style {
	case "D":
		return r.prefix + strconv.Itoa(n)
	case "R":
		return r.prefix + roman(n)
	case "r":
		return r.prefix + strings.ToLower(roman(n))
	case "A", "a":
		s := strings.Repeat(string(rune('A'+(n-1)%26)), min((n-1)/26+1, 8))
		if r.style == "a" {
			s = strings.ToLower(s)
		}
		return r.prefix + s
	}
	return r.prefix
}

// roman returns n as a Roman numeral; large numbers stay Arabic.
func roman(n int) string {
	if n > 3999 {
		return strconv.Itoa(n)
	}
	values := []int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1}
	signs := []string{"M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"}
	var sb strings.Builder
	for i, v := range values {
		for ; n >= v; n -= v {
			sb.WriteString(signs[i])
		}
	}
	return sb.String()
}
