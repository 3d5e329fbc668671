package import ErrorReports
private import PrintableText

/// Why work cannot be handed to other processes, or nothing is known of it.
package struct LaunchError: ExplainedError, Sendable, Hashable {
    /// The faults that can occur, each with what was expected and found.
    package enum Kind: Sendable, Hashable {
        /// A program that is not installed here.
        case missingProgram
        /// A program that cannot be started.
        case notStarted(reason: String)
        /// What a command of Slurm said when it failed.
        case slurm(words: String)
        /// There is no record of jobs.
        case missingRecord
        /// Jobs that are not over yet.
        case busy(shards: Int)
        /// Nothing that could be done again.
        case nothingToDo(found: String)
        /// A value that is not possible.
        case invalid(expected: String, found: String)
    }

    /// The kind of the fault, with what was expected and found.
    package let kind: Kind
    /// The program, folder or option.
    package let location: String
    /// What to do.
    package let hint: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - kind: What is wrong.
    ///   - location: The program, folder or option.
    ///   - hint: What to do.
    package init(_ kind: Kind, at location: String, hint: String) {
        self.kind = kind
        self.location = location
        self.hint = hint
    }

    /// The place, the fault and, on the next line, what to do.
    package var description: String {
        let what =
            switch kind {
            case .missingProgram: "is not installed here"
            case .notStarted(let reason): "cannot be started: \(reason.printable(limit: 300))"
            case .slurm(let words): words.isEmpty ? "failed without a word" : words
            case .missingRecord: "no jobs were started for it"
            case .busy(let shards): "\(shards, of: "shard") of it are pending or running already"
            case .nothingToDo(let found): found
            case .invalid(let expected, let found):
                "expected \(expected), found \(found.printable(limit: 300))"
            }
        return "\(location.printable(limit: 1_000)): \(what)\n  hint: \(hint)"
    }

    /// A command of Slurm that is not there.
    package static func noSlurm(_ program: String) -> LaunchError {
        LaunchError(
            .missingProgram, at: program,
            hint: "run this on a machine of the cluster that jobs are submitted from, or install "
                + "Slurm's commands (Debian: apt-get install slurm-client); --launcher local does "
                + "the same work on this machine")
    }
}

extension LaunchError {
    /// The kind of the fault as programs compare it, in lower case with underscores.
    package var kindName: String {
        switch kind {
        case .missingProgram: "missing_program"
        case .notStarted: "not_started"
        case .slurm: "slurm"
        case .missingRecord: "missing_record"
        case .busy: "busy"
        case .nothingToDo: "nothing_to_do"
        case .invalid: "invalid"
        }
    }

    /// The program, folder or option.
    package var place: ErrorPlace {
        switch kind {
        case .missingRecord, .busy, .nothingToDo: ErrorPlace(file: location)
        default: ErrorPlace(object: location)
        }
    }

    /// What was expected.
    package var expected: String? {
        if case .invalid(let expected, _) = kind { expected } else { nil }
    }

    /// What was found.
    package var found: String? {
        switch kind {
        case .invalid(_, let found), .nothingToDo(let found): found
        case .slurm(let words): words
        default: nil
        }
    }
}
