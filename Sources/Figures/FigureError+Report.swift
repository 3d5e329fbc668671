public import ErrorReports

extension FigureError {
    /// The kind of the fault as programs compare it, in lower case with underscores.
    public var kindName: String {
        switch kind {
        case .unknownFormat: "unknown_format"
        case .tooLarge: "too_large"
        case .drawing: "drawing"
        case .fileSystem: "file_system"
        case .machine: "machine"
        }
    }

    /// The file.
    public var place: ErrorPlace { ErrorPlace(file: location.isEmpty ? nil : location) }

    /// What was expected.
    public var expected: String? {
        switch kind {
        case .unknownFormat: ".svg, .png or .pdf"
        case .tooLarge(_, let most): "at most \(most) pixels to a side"
        case .drawing, .fileSystem, .machine: nil
        }
    }

    /// What was found.
    public var found: String? {
        switch kind {
        case .unknownFormat(let found): found
        case .tooLarge(let found, _): "\(found) pixels"
        case .drawing, .fileSystem, .machine: nil
        }
    }
}
