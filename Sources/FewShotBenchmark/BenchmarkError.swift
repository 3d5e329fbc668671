package import ErrorReports
private import PrintableText

/// What is wrong with a benchmark: its protocol, or recordings that the protocol does not fit.
package struct BenchmarkError: ExplainedError, Sendable, Hashable {
    /// What can be wrong.
    package enum Kind: Sendable, Hashable {
        /// Something that the protocol needs and the recordings do not have.
        case missing(what: String, found: String)
        /// Recordings that are not alike.
        case mismatch(what: String, expected: String, found: String)
        /// Too few of something.
        case tooFew(what: String, expected: Int, found: Int)
    }

    /// The fault.
    package let kind: Kind
    /// The recording, the person or the protocol.
    package let subject: String
    /// What to do; empty when the fault says it all.
    package let hint: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - kind: The fault.
    ///   - subject: The recording, the person or the protocol.
    ///   - hint: What to do.
    package init(_ kind: Kind, of subject: String, hint: String = "") {
        (self.kind, self.subject, self.hint) = (kind, subject, hint)
    }

    /// The subject, the fault and, on the next line, what to do.
    package var description: String {
        let fault =
            switch kind {
            case .missing(let what, let found): "there is no \(what), found \(found)"
            case .mismatch(let what, let expected, let found):
                "expected \(what) \(expected), found \(found)"
            case .tooFew(let what, let expected, let found):
                "expected at least \(expected) \(what), found \(found)"
            }
        let text = "\(subject.printable(limit: 1_000)): \(fault.printable(limit: 2_000))"
        return hint.isEmpty ? text : "\(text)\n  hint: \(hint)"
    }

    /// The kind of the fault for programs.
    package var kindName: String {
        switch kind {
        case .missing: "missing"
        case .mismatch: "mismatch"
        case .tooFew: "too_few"
        }
    }

    /// The subject.
    package var place: ErrorPlace { ErrorPlace(object: subject) }

    /// What was expected.
    package var expected: String? {
        switch kind {
        case .missing(let what, _): what
        case .mismatch(_, let expected, _): expected
        case .tooFew(let what, let expected, _): "at least \(expected) \(what)"
        }
    }

    /// What was found.
    package var found: String? {
        switch kind {
        case .missing(_, let found), .mismatch(_, _, let found): found
        case .tooFew(_, _, let found): "\(found)"
        }
    }
}
