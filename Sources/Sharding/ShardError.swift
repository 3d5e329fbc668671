package import ErrorReports

/// Why it cannot be told which part of the work a process does.
package struct ShardError: ExplainedError, Sendable, Hashable {
    /// What should have been there; `nil` when the fault is no comparison.
    package let expected: String?
    /// What was there.
    package let found: String?
    /// The option or the variables that say it.
    package let location: String
    /// What is wrong, without place and hint.
    package let fault: String
    /// What to do.
    package let hint: String

    /// Something else than was expected.
    ///
    /// - Parameters:
    ///   - expected: What should have been there.
    ///   - found: What was there.
    ///   - location: The option or the variables.
    ///   - hint: What to do.
    package init(expected: String, found: String, at location: String, hint: String) {
        self.expected = expected
        self.found = found
        self.location = location
        self.hint = hint
        fault = "expected \(expected), found \(found)"
    }

    /// Something that contradicts itself.
    ///
    /// - Parameters:
    ///   - fault: What is wrong.
    ///   - location: The option or the variables.
    ///   - hint: What to do.
    package init(_ fault: String, at location: String, hint: String) {
        expected = nil
        found = nil
        self.location = location
        self.hint = hint
        self.fault = fault
    }

    /// The kind of the fault as programs compare it.
    package var kindName: String { "invalid_shard" }

    /// The option or the variables.
    package var place: ErrorPlace { ErrorPlace(object: location) }

    /// `--shard: what`, and the hint on a line of its own.
    package var description: String { "\(location): \(fault)\n  hint: \(hint)" }
}
