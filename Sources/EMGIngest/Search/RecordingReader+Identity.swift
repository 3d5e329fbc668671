internal import Foundation

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
