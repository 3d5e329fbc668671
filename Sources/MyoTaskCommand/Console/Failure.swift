import ErrorReports

/// Tells faults of the input from faults of the program.
enum Failure {
    /// Whether an error says something about the user's files or settings.
    static func isExpected(_ error: any Error) -> Bool { error is any ExplainedError }
}
