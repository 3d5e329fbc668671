internal import Documents
internal import EMGSignal
package import Foundation
internal import HDF5

/// Reads sessions of the emg2qwerty data set: two wristbands of a typist;
/// `docs/formats/emg2qwerty.md` describes them.
package struct EMG2QwertyReader: RecordingReader {
    private static let group = "/emg2qwerty"
    private static let series = "/emg2qwerty/timeseries"

    /// `emg2qwerty`.
    package let formatName = "emg2qwerty"

    /// What it reads.
    package let summary = "emg2qwerty sessions: HDF5 records of emg_left, emg_right and time"

    /// Yes: libhdf5 parses them.
    package let needsOwnProcess = true

    /// Creates a reader.
    package init() {}

    /// Whether it is HDF5 with a group `emg2qwerty`.
    package func recognizes(_ url: URL, content prefix: [UInt8]) -> Bool {
        HDF5Source.matches(url, prefix) { (file) throws(HDF5Error) in
            try file.hasLink(Self.group)
        }
    }

    /// Patient, session and condition are the attributes `user`, `session_name` and `condition`.
    package func identity(
        of url: URL, options: ReadOptions
    ) throws(IngestError) -> SourceIdentity {
        var attributes = HDF5Attributes(try HDF5Source(url))
        return try HDF5Identity.make(
            IdentityOverride(
                patient: attributes.text("user", of: Self.group),
                session: attributes.text("session_name", of: Self.group),
                condition: attributes.text("condition", of: Self.group)),
            override: options.identity, of: url)
    }

    /// Opens a session: the channels of both hands as one recording.
    package func open(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> [any RecordingStream] {
        let records = try HDF5RecordSeries(url, Self.series)
        let (source, members) = (records.source, records.members)
        let left = try members.numeric("emg_left")
        let right = try members.numeric("emg_right")
        let time = try members.single("time")
        var attributes = HDF5Attributes(source)
        var details: [String: ProcessingStep.Value] = [:]
        if let minutes = attributes.number("duration_mins", of: Self.group) {
            details["duration_min"] = .number(minutes)
        }
        var warnings: [IngestWarning] = []
        for name in ["keystrokes", "prompts"] {
            guard let value = attributes.value(name, of: Self.group) else { continue }
            do throws(IngestError) {
                details[name] = .integer(try Self.count(value, name, in: source))
            } catch {
                warnings.append(
                    IngestWarning(
                        .events, at: error.location,
                        message: "the \(name) are unreadable: \(error.fault); the EMG is read all "
                            + "the same"))
            }
        }
        let channels = [("left", left), ("right", right)].flatMap { side, member in
            (0..<member.count).map { Channel(name: "\(side)\($0)", unit: options.unit) }
        }
        return [
            records.stream(
                records.metadata(
                    channels, details: details, warnings: attributes.warnings + warnings),
                { RecordRows($0, samples: [left, right], time: time) }, options: options)
        ]
    }

    /// How many entries a JSON list in an attribute has.
    private static func count(
        _ value: ForeignAttribute, _ name: String, in source: HDF5Source
    ) throws(IngestError) -> Int {
        let location = source.location(group, field: name)
        guard case .texts(let texts) = value, texts.count == 1, let text = texts.first else {
            throw IngestError(
                .malformed(expected: "a JSON list", found: value.summary), at: location)
        }
        do throws(DocumentError) {
            return try Document(json: text.utf8, name: name).cursor.array().count
        } catch {
            throw IngestError(
                .malformed(
                    expected: "a JSON list",
                    found: String("\(error)".prefix { $0 != "\n" })), at: location)
        }
    }
}
