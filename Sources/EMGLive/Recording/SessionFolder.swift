private import CSV
package import Decoding
private import Documents
package import EMGSignal
private import Files
package import Foundation

/// A folder of raw recordings of sessions, as a laboratory has them: `PATIENT/SESSION/CONDITION.csv`
/// with `CONDITION_events.tsv` beside it, and at the top the template by which `myotask convert`
/// reads them.
///
/// A run is told from the condition by `_run-`: `CONDITION_run-2.csv`.
package struct SessionFolder: Sendable, Hashable {
    /// The name of the template in the folder.
    package static let templateName = "live.yaml"
    private static let runMark = "_run-"
    private static let eventsEnding = "_events"

    /// Where it is.
    package let url: URL

    /// Names a folder; it need not be there yet.
    package init(_ url: URL) {
        self.url = url
    }

    /// Where the template lies.
    package var template: URL { url.appending(path: Self.templateName) }

    /// Where the samples of a recording lie.
    package func samples(of identity: RecordingIdentity) -> URL {
        url.appending(path: "\(Self.place(of: identity)).csv")
    }

    /// Where the events of a recording lie.
    package func events(of identity: RecordingIdentity) -> URL {
        url.appending(path: "\(Self.place(of: identity))\(Self.eventsEnding).tsv")
    }

    private static func place(of identity: RecordingIdentity) -> String {
        let run = identity.run.isEmpty ? "" : runMark + identity.run
        return "\(identity.patient)/\(identity.session)/\(identity.condition)\(run)"
    }

    /// The recording's identity, or that of its next run where such recordings are there already.
    ///
    /// - Parameter identity: Who, when and what; a run that is named is not changed.
    /// - Returns: An identity whose file is not there yet.
    /// - Throws: `DecodingError` for a condition that would be read as one with a run, and for a
    ///   run that is there already.
    package func next(_ identity: RecordingIdentity) throws(DecodingError) -> RecordingIdentity {
        guard !identity.condition.contains(Self.runMark) else {
            throw DecodingError(
                .outOfRange(
                    expected: "a condition without \"\(Self.runMark)\"", found: identity.condition),
                at: identity.id, hint: "in the name of a file it stands before the run")
        }
        guard isTaken(identity) else { return identity }
        guard identity.run.isEmpty else {
            throw DecodingError(
                .alreadyExists, at: samples(of: identity).path(percentEncoded: false),
                hint: "name another run, or none")
        }
        for number in 2... {
            do throws(SignalError) {
                let next = try RecordingIdentity(
                    patient: identity.patient, session: identity.session,
                    condition: identity.condition, run: String(number))
                if !isTaken(next) { return next }
            } catch {
                throw DecodingError(.unsupported(error.description), at: identity.id)
            }
        }
        return identity
    }

    private func isTaken(_ identity: RecordingIdentity) -> Bool {
        FileManager.default.fileExists(
            atPath: samples(of: identity).path(percentEncoded: false))
    }

    // MARK: - The template

    /// Writes the template, or sees that the one in the folder describes the same stream.
    ///
    /// - Parameter stream: What is recorded.
    /// - Throws: `DecodingError` when the folder has recordings of another stream.
    package func prepare(for stream: RecordedStream) throws(DecodingError) {
        let text = try Self.templateText(for: stream)
        let path = template.path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: path) else {
            return try DecodingError.wrapping { () throws(FilesError) in
                try AtomicFile.write(text, to: template)
            }
        }
        // One that cannot be read is not the one that is needed either.
        let present = try? String(contentsOf: template, encoding: .utf8)
        guard present == text else {
            throw DecodingError(
                .otherInput(
                    property: "the folder of recordings",
                    expected: "this stream's channels, unit "
                        + "and rate in its \(Self.templateName)", found: "others"),
                at: path, hint: "record into another folder")
        }
    }

    /// The template of a stream's recordings.
    ///
    /// Columns are named by their numbers, as names of channels may have any letters.
    static func templateText(for stream: RecordedStream) throws(DecodingError) -> String {
        guard let unit = stream.unit else {
            throw DecodingError(
                .unsupported(
                    "channels of several units: "
                        + Set(stream.channels.map(\.unit)).sorted().joined(separator: ", ")),
                at: "the stream", hint: "record channels of one unit (--channels)")
        }
        let document = DocumentValue.object([
            "name": .string("live"),
            "description": .string("recordings of myotask live, as the stream came"),
            "path": .strings([
                "{patient}/{session}/{condition}\(runMark){run}.csv",
                "{patient}/{session}/{condition}.csv",
            ]),
            "unit": .string(unit), "rate_hz": .number(stream.samplingRate.hertz),
            "delimited": .object([
                "delimiter": .string("comma"),
                "channels": .object([
                    "from": .integer(2), "to": .integer(stream.channels.count + 1),
                ]),
                "counter": .object(["column": .integer(1)]),
                "events": .string("{name}\(eventsEnding).tsv"),
                "whole_lines": .boolean(true),
            ]),
        ])
        return "# Written by myotask: myotask convert THIS_FOLDER --template THIS_FILE --output "
            + "ARCHIVE\n# channels: \(stream.channels.map(\.name).joined(separator: ", ").oneLine)\n"
            + document.yaml()
    }

    /// The first line of a recording's samples.
    static func header(of stream: RecordedStream) -> String {
        CSVText.line(["sample"] + stream.channels.map(\.name.oneLine))
    }
}

extension String {
    /// The text without line breaks and other control characters, which end lines of tables, and
    /// without the quotation marks that stand round cells.
    fileprivate var oneLine: String {
        String(
            unicodeScalars.map { scalar in
                if scalar.properties.generalCategory == .control { return " " }
                return scalar == "\"" ? "'" : Character(scalar)
            })
    }
}
