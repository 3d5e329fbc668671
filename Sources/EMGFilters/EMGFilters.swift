// A program that filters and nothing else imports this module alone: what its signatures speak of
// (recordings, rates, errors, documents) comes with it.

@_exported public import Documents
@_exported public import EMGSignal
@_exported public import ErrorReports
