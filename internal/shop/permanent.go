package shop

import "errors"

// ErrPermanent says that trying again cannot help: a job that fails with it
// goes to the dead list at once.
var ErrPermanent = errors.New("trying again will not help")
