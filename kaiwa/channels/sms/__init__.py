"""What every SMS provider shares: numbers, segments, words that stop, and a reply as plain text.

It is no channel itself: `sms_twilio`, `sms_vonage` and `sms_gateway` are (decision 0003).
"""
