package html

import (
	"strconv"

	"golang.org/x/net/html"

	"dalel/ingest"
)

// list is an open list.
type list struct {
	ordered bool
	form    string // type attribute of ol: "1", "a", "A", "i", "I"
	next    int
}

// listItem opens a list or an item, which gets the mark that a browser shows.
func (p *page) listItem(tag string, attrs []html.Attribute) {
	if tag != "li" {
		l := list{ordered: tag == "ol", form: attr(attrs, "type"), next: 1}
		if n, err := strconv.Atoi(attr(attrs, "start")); err == nil {
			l.next = n
		}
		p.lists = append(p.lists, l)
		return
	}
	p.mark = "•"
	if n := len(p.lists); n > 0 && p.lists[n-1].ordered {
		l := &p.lists[n-1]
		if v, err := strconv.Atoi(attr(attrs, "value")); err == nil {
			l.next = v
		}
		p.mark = ingest.Numeral(l.form, l.next) + "."
		l.next++
	}
}

func (p *page) cell() {
	if len(p.rows) == 0 {
		p.rows = append(p.rows, new(ingest.Row))
	}
	p.rows[len(p.rows)-1].Cell()
}

// endRow gives the row of the table that ends to the cell around it, or out.
func (p *page) endRow() {
	n := len(p.rows)
	if n == 0 {
		return
	}
	r := p.rows[n-1]
	p.rows = p.rows[:n-1]
	for _, para := range r.Paragraphs() {
		p.add(para)
	}
}
