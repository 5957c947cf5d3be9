package ui_test

import (
	"bufio"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"dalel/ui"
)

// Requests as in requirement R16: nothing that another site or another name
// sends is answered with a page.
func TestWhoIsAnswered(t *testing.T) {
	s := server(t, specimens())
	for _, tt := range []struct {
		why  string
		edit func(*http.Request)
		want int
	}{
		{"our number", func(*http.Request) {}, 200},
		{"our name", host("localhost:8765"), 200},
		{"our name in capitals", host("LocalHost:8765"), 200},
		{"our number in IPv6", host("[::1]:8765"), 200},
		{"a program that is no browser", func(r *http.Request) { r.Header = http.Header{} }, 200},
		{"a link followed from elsewhere", fetch("cross-site", "navigate", "document"), 200},
		{"typed by hand", fetch("none", "navigate", "document"), 200},
		{"our own page", fetch("same-origin", "cors", "empty"), 200},

		{"DNS rebinding", host("evil.example"), 421},
		{"DNS rebinding with our port", host("evil.example:8765"), 421},
		{"another port", host("127.0.0.1:8766"), 421},
		{"no port", host("127.0.0.1"), 421},
		{"no host, as in HTTP/1.0", host(""), 421},
		{"a dot at the end", host("localhost.:8765"), 421},
		{"a name that begins as ours", host("localhost:8765.evil.example"), 421},
		{"a user before the host", host("localhost:8765@evil.example"), 421},
		{"another number of this computer", host("127.0.0.2:8765"), 421},
		{"our number in one piece", host("2130706433:8765"), 421},
		{"our number in octal", host("0177.0.0.1:8765"), 421},
		{"any number", host("0.0.0.0:8765"), 421},
		{"IPv4 in IPv6", host("[::ffff:127.0.0.1]:8765"), 421},
		{"an address in the request line", func(r *http.Request) { r.URL.Host, r.Host = "evil.example", "evil.example" }, 421},

		{"a foreign origin", header("Origin", "http://evil.example"), 403},
		{"no origin to speak of", header("Origin", "null"), 403},
		{"another port as origin", header("Origin", "http://127.0.0.1:9999"), 403},
		{"a name of ours that is not this one", header("Origin", "http://localhost:8765"), 403},
		{"an extension as origin", header("Origin", "chrome-extension://abc"), 403},
		{"an image of another site", fetch("cross-site", "no-cors", "image"), 403},
		{"a script of another site", fetch("cross-site", "no-cors", "script"), 403},
		{"fetch from another site", fetch("cross-site", "cors", "empty"), 403},
		{"fetch from another port", fetch("same-site", "cors", "empty"), 403},
		{"a frame of another site", fetch("cross-site", "navigate", "iframe"), 403},
		{"an unknown site", fetch("what", "no-cors", "empty"), 403},
		{"a form of another site", both(method(http.MethodPost), fetch("cross-site", "navigate", "document")), 403},
		{"a form without origin", method(http.MethodPost), 405},
		{"another method", method(http.MethodDelete), 405},
		{"preflight", method(http.MethodOptions), 405},
		{"a method of their own", method("PROPFIND"), 405},
	} {
		t.Run(tt.why, func(t *testing.T) {
			for _, path := range []string{"/", "/search?q=repost", "/api/v1/search?q=repost", "/original/" + string(id(0))} {
				w := get(t, s, path, tt.edit)
				if w.Code != tt.want {
					t.Errorf("%s = %d, want %d", path, w.Code, tt.want)
				}
				if w.Header().Get("Access-Control-Allow-Origin") != "" {
					t.Errorf("%s allows another origin", path)
				}
				if w.Header().Get("Content-Security-Policy") == "" || w.Header().Get("X-Content-Type-Options") != "nosniff" || w.Header().Get("Referrer-Policy") != "no-referrer" {
					t.Errorf("%s lacks a header: %v", path, w.Header())
				}
				if w.Code != http.StatusOK && strings.Contains(w.Body.String(), "Konyrtauov") {
					t.Errorf("%s is refused, and tells all the same", path)
				}
			}
		})
	}
}

func host(h string) func(*http.Request) { return func(r *http.Request) { r.Host = h } }

func header(k, v string) func(*http.Request) { return func(r *http.Request) { r.Header.Set(k, v) } }

func method(m string) func(*http.Request) { return func(r *http.Request) { r.Method = m } }

func fetch(site, mode, dest string) func(*http.Request) {
	return both(header("Sec-Fetch-Site", site), both(header("Sec-Fetch-Mode", mode), header("Sec-Fetch-Dest", dest)))
}

func both(a, b func(*http.Request)) func(*http.Request) {
	return func(r *http.Request) { a(r); b(r) }
}

func cookie(c *http.Cookie) func(*http.Request) {
	return func(r *http.Request) { r.AddCookie(c) }
}

func TestOneTimeAddress(t *testing.T) {
	s := server(t, specimens())
	path := s.OpenPath()
	if w := get(t, s, "/?token=wrong"); w.Code != http.StatusForbidden {
		t.Errorf("a wrong code = %d, want 403", w.Code)
	}
	if w := get(t, s, "/?token="); w.Code != http.StatusForbidden {
		t.Errorf("an empty code = %d, want 403", w.Code)
	}
	c := open(t, s)
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Name != "dalel_8765" || c.MaxAge != 0 {
		t.Errorf("cookie %v, want one of this session, for servers only, strict, named for the port", c)
	}
	if strings.Contains(path, c.Value) {
		t.Error("the address holds the secret of the cookie")
	}
	if w := get(t, s, path); w.Code != http.StatusForbidden {
		t.Errorf("the address a second time = %d, want 403", w.Code)
	}
	if w := get(t, s, path, cookie(c)); w.Code != http.StatusSeeOther {
		t.Errorf("the address a second time in the same browser = %d, want 303", w.Code)
	}
	if got := s.OpenPath(); got != "/?token=" {
		t.Errorf("after use the address is %q, want no code in it", got)
	}
}

func TestInviteMakesANewAddress(t *testing.T) {
	s := server(t, specimens())
	c := open(t, s)
	n := parse(t, get(t, s, "/status", cookie(c)))
	token := attr(all(n, `form[action="/invite"] input[name=token]`)[0], "value")
	if w := post(t, s, "/invite", url.Values{"token": {token}}); w.Code != http.StatusForbidden {
		t.Errorf("without the cookie = %d, want 403", w.Code)
	}
	n = parse(t, post(t, s, "/invite", url.Values{"token": {token}}, cookie(c)))
	at := one(t, n, ".notice code")
	if w := get(t, s, strings.TrimPrefix(at, base)); w.Code != http.StatusSeeOther {
		t.Errorf("the new address %q = %d, want 303", at, w.Code)
	}
}

func TestOtherAddressesNeedTheToken(t *testing.T) {
	s := remote(t, "0.0.0.0:8765")
	for _, path := range append(pages(), "/api/v1/search?q=repost", "/original/"+string(id(0))) {
		if w := get(t, s, path); w.Code != http.StatusForbidden || strings.Contains(w.Body.String(), "Konyrtauov (Kaz") {
			t.Errorf("GET %s without the token = %d, want 403", path, w.Code)
		}
	}
	for _, tt := range []struct {
		host string
		want int
		why  string
	}{
		{"192.168.1.7:8765", 303, "a number cannot be pointed at us by a name"},
		{"[fe80::1]:8765", 303, "in IPv6 too"},
		{"box.lan:8765", 421, "a name that was not given"},
		{"192.168.1.7:80", 421, "another port"},
		{"192.168.1.007:8765", 421, "a number written in another way"},
	} {
		s := remote(t, "0.0.0.0:8765")
		if w := get(t, s, s.OpenPath(), host(tt.host)); w.Code != tt.want {
			t.Errorf("host %s = %d, want %d: %s", tt.host, w.Code, tt.want, tt.why)
		}
	}
	c := open(t, s)
	if w := get(t, s, "/", cookie(c)); w.Code != http.StatusOK {
		t.Errorf("with the token = %d, want 200", w.Code)
	}
}

func remote(t *testing.T, addr string) *ui.Server {
	t.Helper()
	f := specimens()
	return serverAt(t, f, f, addr)
}

func TestFurtherHosts(t *testing.T) {
	f := specimens()
	s, err := ui.New(ui.Config{Search: f, Library: f, Reports: f, Addr: addr, Hosts: []string{"Archive.lan:8765"}})
	if err != nil {
		t.Fatal(err)
	}
	if w := get(t, s, "/", host("archive.lan:8765")); w.Code != http.StatusOK {
		t.Errorf("a host that was given = %d, want 200", w.Code)
	}
}

func TestNewRefuses(t *testing.T) {
	f := specimens()
	for why, c := range map[string]ui.Config{
		"nothing to ask":      {Addr: addr},
		"an address, no port": {Search: f, Library: f, Addr: "localhost"},
		"no chance":           {Search: f, Library: f, Addr: addr, Rand: strings.NewReader("x")},
	} {
		if _, err := ui.New(c); err == nil {
			t.Errorf("New takes %s", why)
		}
	}
}

// As the network sends them: what net/http makes of raw requests.
func TestRawRequests(t *testing.T) {
	srv := httptest.NewUnstartedServer(nil)
	at := srv.Listener.Addr().String()
	srv.Config.Handler = remote(t, at)
	srv.Start()
	t.Cleanup(srv.Close)
	for _, tt := range []struct{ why, request, want string }{
		{"as usual", "GET / HTTP/1.1\r\nHost: " + at + "\r\n\r\n", "200"},
		{"an absolute address wins over Host", "GET http://evil.example/ HTTP/1.1\r\nHost: " + at + "\r\n\r\n", "421"},
		{"HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", "421"},
		{"two hosts", "GET / HTTP/1.1\r\nHost: " + at + "\r\nHost: evil.example\r\n\r\n", "400"},
		{"JSON as text, to slip past a preflight", "POST /doc/" + string(id(0)) + "/facts HTTP/1.1\r\nHost: " + at + "\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}", "403"},
		{"a tunnel", "CONNECT " + at + " HTTP/1.1\r\nHost: " + at + "\r\n\r\n", "404"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			conn, err := net.Dial("tcp", at)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if _, err := conn.Write([]byte(tt.request)); err != nil {
				t.Fatal(err)
			}
			line, err := bufio.NewReader(conn).ReadString('\n')
			if err != nil || !strings.Contains(line, " "+tt.want+" ") {
				t.Errorf("%q, %v, want %s", line, err, tt.want)
			}
		})
	}
}

// post sends a form as a browser would from our own page: a page that sends
// no referrer sends the origin "null".
func post(t *testing.T, s http.Handler, path string, form url.Values, edit ...func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, base+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept-Language", "en")
	r.Header.Set("Origin", "null")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for _, e := range edit {
		e(r)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}
