package import ErrorReports

/// Why processes cannot work together.
package struct DistributionError: ExplainedError, Sendable, Hashable {
    /// The faults that can occur.
    package enum Kind: Sendable, Hashable {
        /// What another rank could not do, in its own words.
        case rankFailed(rank: Int, host: String, reason: String)
        /// The ranks are not at the same place of the program.
        case outOfStep(expected: String, found: String)
        /// A message that is not what its reader expects.
        case malformed(expected: String, found: String)
        /// A call of the library for messages gave an error.
        case transport(call: String, reason: String)
        /// More than one message can carry.
        case tooLarge(elements: Int)
        /// The program was started as several processes and cannot be.
        case launch(expected: String, found: String)
    }

    /// The kind of the fault.
    package let kind: Kind
    /// What to do; empty when the fault says it all.
    package let hint: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - kind: What is wrong.
    ///   - hint: What to do.
    package init(_ kind: Kind, hint: String = "") {
        self.kind = kind
        self.hint = hint
    }

    /// The fault and, on the next line, what to do.
    package var description: String {
        let what =
            switch kind {
            case .rankFailed(let rank, let host, let reason):
                "rank \(rank)\(host.isEmpty ? "" : " on \(host)"): \(reason)"
            case .outOfStep(let expected, let found):
                "the ranks are not at the same place: expected \(expected), found \(found)"
            case .malformed(let expected, let found):
                "a message between ranks: expected \(expected), found \(found)"
            case .transport(let call, let reason): "\(call) of MPI: \(reason)"
            case .tooLarge(let elements):
                "\(elements) numbers are more than a message between ranks carries"
            case .launch(let expected, let found): "expected \(expected), found \(found)"
            }
        return hint.isEmpty ? what : "\(what)\n  hint: \(hint)"
    }

    /// The kind of the fault as programs compare it.
    package var kindName: String {
        switch kind {
        case .rankFailed: "rank_failed"
        case .outOfStep: "out_of_step"
        case .malformed: "malformed"
        case .transport: "transport"
        case .tooLarge: "too_large"
        case .launch: "launch"
        }
    }

    /// The rank, or the ranks as a whole.
    package var place: ErrorPlace {
        if case .rankFailed(let rank, _, _) = kind { return ErrorPlace(object: "rank \(rank)") }
        return ErrorPlace(object: "ranks")
    }

    /// What was expected.
    package var expected: String? {
        switch kind {
        case .outOfStep(let expected, _), .malformed(let expected, _), .launch(let expected, _):
            expected
        case .rankFailed, .transport, .tooLarge: nil
        }
    }

    /// What was found.
    package var found: String? {
        switch kind {
        case .outOfStep(_, let found), .malformed(_, let found), .launch(_, let found): found
        case .rankFailed, .transport, .tooLarge: nil
        }
    }
}
