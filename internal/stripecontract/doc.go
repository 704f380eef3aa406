// Package stripecontract holds, in its tests, what the shop sends to Stripe
// against Stripe's own description of its API, as stripe-mock carries it. The
// simulator is ours and could share a mistake with the client; stripe-mock
// cannot. It notices unknown, misspelt and mistyped parameters, wrong paths
// and missing nested ones; it keeps no state and adds nothing up. In the other
// direction every answer and event of the simulator is held against the schemas
// in the same module.
package stripecontract
