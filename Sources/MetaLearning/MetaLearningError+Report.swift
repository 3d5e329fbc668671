public import ErrorReports

extension MetaLearningError {
    /// The kind of the fault as programs compare it, in lower case with underscores.
    public var kindName: String {
        switch kind {
        case .sizeMismatch: "size_mismatch"
        case .outOfRange: "out_of_range"
        case .emptySplit: "empty_split"
        case .unknownEpisode: "unknown_task"
        case .notFinite: "not_finite"
        case .malformed: "malformed"
        case .missingTensor: "missing_tensor"
        case .incompatible: "incompatible"
        case .alreadyExists: "already_exists"
        case .inputOutput: "input_output"
        case .machine: "machine"
        }
    }

    /// The file, tensor, task or setting, and the byte of a file.
    public var place: ErrorPlace {
        switch kind {
        case .malformed(_, _, let offset): ErrorPlace(file: location, byte: offset)
        case .alreadyExists, .inputOutput, .machine: ErrorPlace(file: location)
        case .sizeMismatch, .outOfRange, .emptySplit, .unknownEpisode, .notFinite,
            .missingTensor, .incompatible:
            ErrorPlace(object: location)
        }
    }

    /// What was expected.
    public var expected: String? {
        switch kind {
        case .sizeMismatch(let expected, _): "\(expected) elements"
        case .outOfRange(let expected, _), .malformed(let expected, _, _),
            .incompatible(let expected, _):
            expected
        case .missingTensor(let name): "tensor \(name)"
        case .emptySplit, .unknownEpisode, .notFinite, .alreadyExists, .inputOutput, .machine:
            nil
        }
    }

    /// What was found.
    public var found: String? {
        switch kind {
        case .sizeMismatch(_, let found): "\(found) elements"
        case .outOfRange(_, let found), .malformed(_, let found, _), .incompatible(_, let found):
            found
        case .unknownEpisode(let id): id
        case .emptySplit, .notFinite, .missingTensor, .alreadyExists, .inputOutput, .machine: nil
        }
    }
}
