package app

import (
	"context"

	"bianmin/internal/access"
	"bianmin/internal/place"
	"bianmin/internal/problem"
)

// settingFactors says whether the demonstration requires second factors: on, or anything else.
const settingFactors = "demo.factors"

// factorsRequired: always in real use. The demonstration's accounts of the powerful are entered by whoever looks around,
// so there it is off until an administrator switches it on.
func (a *App) factorsRequired(ctx context.Context) (bool, error) {
	if !a.Demo {
		return true, nil
	}
	value, _, err := a.Reference.Setting(ctx, settingFactors)
	return value == "on", err
}

// SetFactorRule switches the demonstration's requirement.
func (a *App) SetFactorRule(ctx context.Context, by access.Actor, required bool) error {
	value := "off"
	if required {
		value = "on"
	}
	return a.Reference.Set(ctx, by.Account, a.clock.Now(), settingFactors, value)
}

func (a *App) learnContacts(ctx context.Context) error {
	list, err := a.Reference.Contacts(ctx)
	if err == nil {
		a.contacts.Set(list)
	}
	return err
}

// SetContacts tells how places are reached: all of them or none.
func (a *App) SetContacts(ctx context.Context, by access.Actor, list []place.Contact) error {
	for _, c := range list {
		if !by.EditsPlace(c.Code) {
			return problem.ErrForbidden
		}
	}
	a.telling.Lock()
	defer a.telling.Unlock()
	if err := a.Reference.SetContacts(ctx, by.Account, a.clock.Now(), list); err != nil {
		return err
	}
	return a.learnContacts(ctx)
}
