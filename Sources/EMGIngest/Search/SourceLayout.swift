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
