internal import Documents
public import ErrorReports
internal import PrintableText

/// What is wrong with a feature or with the windows it is computed of.
public struct FeatureError: ExplainedError, Sendable, Hashable {
    /// Why features cannot be computed.
    public enum Kind: Sendable, Hashable {
        /// A name that no feature has.
        case unknownFeature(String)
        /// A number behind the name of a feature that takes none there.
        case noMainParameter(String)
        /// A feature without the parameter that it must have.
        case missingParameter(feature: String, parameter: String)
        /// A number outside what a feature or an extraction can have.
        case unusableParameter(name: String, expected: String, found: String)
    }

    /// The kind of the fault, with what was expected and found.
    public let kind: Kind
    /// What to do about it; empty when the fault says it all.
    public let hint: String

    /// Creates an error of a kind.
    ///
    /// - Parameters:
    ///   - kind: What is wrong.
    ///   - hint: What to do about it.
    public init(_ kind: Kind, hint: String = "") {
        self.kind = kind
        self.hint = hint
    }

    /// The fault of a feature's parameter, as its fields have it.
    init(_ error: DocumentError) {
        self.init(
            .unusableParameter(
                name: "\(error.document)\(error.path.dropFirst())",
                expected: error.expected ?? "as documented", found: error.found ?? "none"),
            hint: error.hint)
    }

    /// What and why, and on the next line what to do.
    public var description: String { hint.isEmpty ? fault : "\(fault)\n  hint: \(hint)" }

    private var fault: String {
        switch kind {
        case .unknownFeature(let name): "\(name.printable()) is no feature"
        case .noMainParameter(let feature):
            "\(feature) takes no number behind a colon"
        case .missingParameter(let feature, let parameter):
            "\(feature) needs its \(parameter): \(feature):NUMBER"
        case .unusableParameter(let name, let expected, let found):
            "\(name) must be \(expected), found \(found)"
        }
    }

    /// The kind of the fault as programs compare it, in lower case with underscores.
    public var kindName: String {
        switch kind {
        case .unknownFeature: "unknown_feature"
        case .noMainParameter: "no_main_parameter"
        case .missingParameter: "missing_parameter"
        case .unusableParameter: "unusable_parameter"
        }
    }

    /// A feature has no place but its name.
    public var place: ErrorPlace {
        switch kind {
        case .unknownFeature(let name), .noMainParameter(let name),
            .missingParameter(let name, _), .unusableParameter(let name, _, _):
            ErrorPlace(object: name)
        }
    }

    /// What was expected.
    public var expected: String? {
        switch kind {
        case .unknownFeature: "a feature"
        case .noMainParameter: nil
        case .missingParameter(_, let parameter): parameter
        case .unusableParameter(_, let expected, _): expected
        }
    }

    /// What was found.
    public var found: String? {
        switch kind {
        case .unknownFeature(let name): name
        case .noMainParameter, .missingParameter: nil
        case .unusableParameter(_, _, let found): found
        }
    }
}
