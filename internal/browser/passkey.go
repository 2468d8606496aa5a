package browser

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// Authenticator gives the page a device of its own that keeps passkeys, and lets its owner be recognised or not: the
// browser's virtual authenticator, which stands in for a fingerprint.
func (p *Page) Authenticator(recognised bool) {
	p.t.Helper()
	p.do("adding an authenticator", command(webauthn.Enable, webauthn.EnableParams{}),
		chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := cdp.Call(ctx, target, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{
				Options: &webauthn.VirtualAuthenticatorOptions{Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
					HasResidentKey: true, HasUserVerification: true, IsUserVerified: recognised, AutomaticPresenceSimulation: true}})
			return err
		}))
}
