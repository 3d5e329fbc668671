internal import Foundation

/// Which part of a source's path is what, as a caller says it for sources of every format:
/// `patient/session/condition`.
///
/// The words `patient`, `session`, `condition` and `run` stand for any text, `*` for text that
/// says nothing; everything else stands for itself. With braces, as in a template's `path:`, only
/// what is in braces is a word: `sub{patient}/{session}/{condition}_{run}.csv`. The layout is held
/// against the last parts of the path, with the file's extension or without.
public struct SourceLayout: Sendable, Hashable, CustomStringConvertible {
    /// The layout as it was written.
    public let description: String
    private let pattern: PathPattern

    /// Reads a layout; `nil` when it is none, or names neither patient, session nor condition.
    public init?(_ text: String) {
        var braced = text
        if !text.contains("{") {
            for word in Self.words { braced = braced.replacing(word, with: "{\(word)}") }
            braced = braced.replacing("*", with: "{*}")
        }
        guard let pattern = PathPattern(braced), !pattern.wanted.isEmpty,
            pattern.wanted.isSubset(of: Self.captures)
        else { return nil }
        description = text
        self.pattern = pattern
    }

    private static let captures: Set<PathPattern.Capture> = [.patient, .session, .condition, .run]
    private static let words = ["patient", "session", "condition", "run"]

    /// What a path tells; `nil` when it does not fit.
    func identity(of url: URL) -> IdentityOverride? {
        guard
            let found = pattern.captures(of: url.deletingPathExtension())
                ?? pattern.captures(of: url)
        else { return nil }
        return IdentityOverride(
            patient: found[.patient], session: found[.session], condition: found[.condition],
            run: found[.run])
    }
}

extension RecordingReader {
    /// Whose recording a source is: what the caller says, what the caller's layout makes of the
    /// path, what the reader is given by the source and its place.
    ///
    /// - Parameters:
    ///   - url: The file or folder.
    ///   - options: What the caller knows.
    /// - Returns: The identity, and what does not fit together.
    /// - Throws: ``IngestError`` when the path does not fit the layout, or a part cannot be used
    ///   as a name.
    func settledIdentity(
        of url: URL, options: ReadOptions
    ) throws(IngestError) -> SourceIdentity {
        guard let layout = options.layout else { return try identity(of: url, options: options) }
        guard let found = layout.identity(of: url) else {
            throw IngestError(
                .unknownIdentity(reason: "the path does not fit the layout \(layout)"),
                at: SourceLocation(file: url.relativePath),
                hint: "a layout is held against the last parts of the path, such as "
                    + "--layout patient/session/condition; * stands for any text")
        }
        var options = options
        options.identity.patient = options.identity.patient ?? found.patient
        options.identity.session = options.identity.session ?? found.session
        options.identity.condition = options.identity.condition ?? found.condition
        options.identity.run = options.identity.run ?? found.run
        return try identity(of: url, options: options)
    }
}
