package shop

// RefundAsksAbove is up to which amount staff give money back without being
// asked for their password again.
const RefundAsksAbove Cents = 50_000
