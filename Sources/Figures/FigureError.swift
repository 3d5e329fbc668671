public import ErrorReports
package import Files
private import PrintableText

/// What is wrong with a figure that should be drawn or written.
public struct FigureError: ExplainedError, Sendable, Hashable {
    /// The faults that can occur, each with what was expected and found.
    public enum Kind: Sendable, Hashable {
        /// The name of a file does not say which format it should have.
        case unknownFormat(found: String)
        /// The picture has more pixels to a side than one can have.
        case tooLarge(found: Int, atMost: Int)
        /// The drawing library gave up.
        case drawing(reason: String)
        /// The file cannot be written.
        case fileSystem(reason: String)
        /// The machine lacks something: it says nothing of the figure.
        case machine(MachineFault)
    }

    /// The kind of the fault, with what was expected and found.
    public let kind: Kind
    /// The file; empty when none is concerned.
    public let location: String
    /// What to do about it.
    public let hint: String

    /// Creates an error of a kind.
    ///
    /// - Parameters:
    ///   - kind: What is wrong.
    ///   - location: The file; empty when none is concerned.
    ///   - hint: What to do about it.
    public init(_ kind: Kind, location: String = "", hint: String) {
        self.kind = kind
        self.location = location
        self.hint = hint
    }

    /// Where, what and why, and on the next line what to do.
    public var description: String {
        // The sentence about the machine names the place already.
        let place =
            location.isEmpty || machineFault != nil ? "" : "\(PlainText.printable(location)): "
        return "\(place)\(fault)\n  hint: \(hint)"
    }

    private var fault: String {
        switch kind {
        case .unknownFormat(let found):
            found.isEmpty
                ? "a figure's file name must end in .svg, .png or .pdf"
                : "a figure's file name must end in .svg, .png or .pdf, found ."
                    + PlainText.printable(found)
        case .tooLarge(let found, let most):
            "the picture would be \(found) pixels to a side, at most \(most) can be drawn"
        case .drawing(let reason): "the figure cannot be drawn: \(reason)"
        case .fileSystem(let reason): "the figure cannot be written: \(reason)"
        case .machine(let fault): fault.description
        }
    }
}

extension FigureError: FilesFailure {
    /// Takes over an error of a file or folder.
    package init(_ error: FilesError) {
        let kind: Kind =
            switch error.kind {
            case .machine(let fault): .machine(fault)
            case .fileSystem(_, let reason): .fileSystem(reason: reason)
            case .busy: .fileSystem(reason: error.fault)
            }
        self.init(kind, location: error.location, hint: error.hint)
    }
}

extension FigureError: MachineFaulting {
    /// The machine's fault; `nil` when the error is about the figure or its file.
    package var machineFault: MachineFault? {
        if case .machine(let fault) = kind { fault } else { nil }
    }
}
