internal import EMGSignal
package import Foundation
internal import HDF5
import PrintableText

/// Reads recordings of the emg2pose data set: a wristband and the joint angles of the hand;
/// `docs/formats/emg2pose.md` describes them.
package struct EMG2PoseReader: RecordingReader {
    private static let group = "/emg2pose"
    private static let series = "/emg2pose/timeseries"

    /// `emg2pose`.
    package let formatName = "emg2pose"

    /// What it reads.
    package let summary = "emg2pose recordings: HDF5 records of emg, joint_angles and time"

    /// Yes: libhdf5 parses them.
    package let needsOwnProcess = true

    /// Creates a reader.
    package init() {}

    /// Whether it is HDF5 with a group `emg2pose`.
    package func recognizes(_ url: URL, content prefix: [UInt8]) -> Bool {
        HDF5Source.matches(url, prefix) { (file) throws(HDF5Error) in
            try file.hasLink(Self.group)
        }
    }

    /// Patient, session, condition and run are the attributes `user`, `session`, `stage` and
    /// `side`.
    package func identity(
        of url: URL, options: ReadOptions
    ) throws(IngestError) -> SourceIdentity {
        var attributes = HDF5Attributes(try HDF5Source(url))
        return try HDF5Identity.make(
            IdentityOverride(
                patient: attributes.text("user", of: Self.group),
                session: attributes.text("session", of: Self.group),
                condition: attributes.text("stage", of: Self.group),
                run: attributes.text("side", of: Self.group)),
            override: options.identity, of: url)
    }

    /// Opens a recording. Joint angles in radians are its targets, unknown where all are 0.
    package func open(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> [any RecordingStream] {
        let records = try HDF5RecordSeries(url, Self.series)
        let (source, members) = (records.source, records.members)
        let emg = try members.numeric("emg")
        let time = try members.single("time")
        let hasAngles = members.names.contains("joint_angles")
        let angles = hasAngles ? try members.numeric("joint_angles") : nil
        var facts = HDF5Facts(source, options: options)
        var attributes = HDF5Attributes(source)
        let hasRate = attributes.value("sample_rate", of: Self.group) != nil
        let rate = try facts.rate(
            hasRate ? .attribute("sample_rate", of: Self.group) : nil)
        var details: [String: ProcessingStep.Value] = [:]
        for name in ["side", "stage", "dataset", "filename"] {
            if let text = attributes.text(name, of: Self.group) { details[name] = .text(text) }
        }
        var warnings: [IngestWarning] = []
        if let stated = attributes.number("num_channels", of: Self.group),
            stated != Double(emg.count)
        {
            warnings.append(
                IngestWarning(
                    .headerFault, at: source.location(Self.group, field: "num_channels"),
                    message: "says \(stated.brief) channels, but the records have \(emg.count)"))
        }
        let channels = (0..<emg.count).map { Channel(name: "emg\($0)", unit: options.unit) }
        var metadata = records.metadata(
            channels, rate: rate, details: details,
            warnings: attributes.warnings + facts.warnings + warnings)
        if let angles {
            metadata.targets = [
                try records.angles("joint_angles", unit: "rad", count: angles.count)
            ]
        }
        let location = records.location(of: "joint_angles")
        return [
            records.stream(
                metadata,
                {
                    RecordRows(
                        $0, samples: [emg], time: time, targets: angles, zerosAreUnknown: true)
                },
                notes: { rows in
                    hasAngles ? Self.notes(rows, at: location) : StreamNotes()
                }, options: options)
        ]
    }

    /// What is said of joint angles: rows of zeros are those in which the hand could not be
    /// solved.
    private static func notes(
        _ rows: any HDF5Rows, at location: SourceLocation
    ) -> StreamNotes {
        guard let rows = rows as? RecordRows else { return StreamNotes() }
        return StreamNotes(
            details: [
                "joint_angles_invalid_rows": .integer(rows.zeroRowCount),
                "joint_angles_invalid_runs": .list(
                    rows.zeroRuns.map {
                        .list([.integer($0.lowerBound), .integer($0.upperBound)])
                    }),
            ],
            warnings: rows.zeroRowCount == 0
                ? []
                : [
                    IngestWarning(
                        .missingValues, at: location, count: rows.zeroRowCount,
                        message:
                            "\(rows.zeroRowCount) of \(rows.count, of: "row") of joint angles are "
                            + "all zero, which marks them as invalid: they are not a number")
                ])
    }
}
