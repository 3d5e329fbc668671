private import ErrorReports
private import Files
package import Foundation

/// Lines of JSON on standard output or in a new file.
///
/// Nothing is dropped: whoever reads standard output and is slow makes the decoder wait.
package final class JSONLinesSink: DecisionSink {
    package let name: String
    package let droppedCount = 0
    private let file: AppendedFile?
    private var lines: DecisionJSON

    /// Writes to standard output.
    ///
    /// - Parameter lines: How lines are written.
    package init(_ lines: DecisionJSON) {
        name = "standard output"
        file = nil
        self.lines = lines
    }

    /// Writes to a new file.
    ///
    /// - Parameters:
    ///   - url: The file, which must not be there.
    ///   - lines: How lines are written.
    /// - Throws: ``DecodingError`` when it is there, or cannot be made.
    package init(_ url: URL, _ lines: DecisionJSON) throws(DecodingError) {
        name = url.relativePath
        guard !FileManager.default.fileExists(atPath: url.path(percentEncoded: false)) else {
            throw DecodingError(
                .alreadyExists, at: url.relativePath, hint: "name another file, or remove it first")
        }
        file = try DecodingError.wrapping { () throws(FilesError) in
            try AppendedFile(url, isNew: true)
        }
        self.lines = lines
    }

    package func put(_ record: DecisionRecord, _ probabilities: Span<Double>) {
        lines.append(record, probabilities)
    }

    package func flush() throws(DecodingError) {
        defer { lines.removeAll() }
        if let file {
            do throws(FilesError) {
                try file.append(lines.bytes)
            } catch {
                throw DecodingError(error)
            }
        } else {
            try print()
        }
    }

    package func close() {}

    private func print() throws(DecodingError) {
        let failure = Descriptor.write(lines.bytes, to: STDOUT_FILENO)
        guard failure == 0 else {
            let reason = SystemReason.of(errorNumber: failure)
            throw DecodingError(.inputOutput(reason: "cannot be written: \(reason)"), at: name)
        }
    }
}
