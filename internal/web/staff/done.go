package staff

// done is what a page says after a form, by the word in its address; "" for a
// word that nobody knows.
func done(word string) string {
	for _, sentences := range []map[string]string{accountSentences, messageSentences, privacySentences, collectionSentences, discountSentences, disputeSentences, orderSentences, productSentences, returnSentences, settingsSentences, stockSentences, systemSentences} {
		if s := sentences[word]; s != "" {
			return s
		}
	}
	return ""
}

// accountSentences are those of one's own and other people's accounts.
var accountSentences = map[string]string{
	"password":  "Your password is changed. You are signed out everywhere else.",
	"session":   "That session is over.",
	"sessions":  "You are signed out everywhere else.",
	"removed":   "The second step is removed. You are signed out everywhere else.",
	"invited":   "The invitation is on its way.",
	"role":      "The role is changed.",
	"disabled":  "Nobody signs in with this account any more.",
	"enabled":   "This account may be used again.",
	"link":      "A new link is on its way. Older ones do not work any more.",
	"welcome":   "Your password is set. Sign in with it.",
	"signedout": "You are signed out.",
}
