package work

import "github.com/a-h/templ"

// codeButton is what the button says that sets codes up.
func codeButton(f factorShown) string {
	if f.Code != "" {
		return "换一台手机"
	}
	return "设手机验证码"
}

func sorted(h sortHead) templ.Attributes {
	if !h.On {
		return nil
	}
	return templ.Attributes{"aria-sort": "ascending"}
}
