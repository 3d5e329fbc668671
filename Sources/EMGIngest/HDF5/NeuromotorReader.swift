internal import EMGSignal
package import Foundation
internal import HDF5

/// Reads recordings in the layout of the generic-neuromotor-interface data: a dataset `data` of
/// records in the root group; `docs/formats/emg2pose.md` describes it beside its sister.
package struct NeuromotorReader: RecordingReader {
    private static let series = "/data"

    /// `neuromotor`.
    package let formatName = "neuromotor"

    /// What it reads.
    package let summary = "generic-neuromotor-interface recordings: HDF5 records of emg and time"

    /// Yes: libhdf5 parses them.
    package let needsOwnProcess = true

    /// Creates a reader.
    package init() {}

    /// Whether it is HDF5 with a dataset `data` of records with members `emg` and `time`.
    package func recognizes(_ url: URL, content prefix: [UInt8]) -> Bool {
        HDF5Source.matches(url, prefix) { (file) throws(HDF5Error) in
            guard try file.metadata(of: Self.series)?.kind == .records else { return false }
            let names = try file.records(Self.series).members.map(\.name)
            return names.contains("emg") && names.contains("time")
        }
    }

    /// The condition is the attribute `task` of the dataset or the root group; the rest is reported
    /// by the place.
    package func identity(
        of url: URL, options: ReadOptions
    ) throws(IngestError) -> SourceIdentity {
        var attributes = HDF5Attributes(try HDF5Source(url))
        var task: String?
        if case .some = try? attributes.source.metadata(of: Self.series) {
            task = attributes.text("task", of: Self.series)
        }
        task = task ?? attributes.text("task", of: "/")
        return try HDF5Identity.make(
            IdentityOverride(condition: task), override: options.identity, of: url)
    }

    /// Opens a recording.
    package func open(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> [any RecordingStream] {
        let records = try HDF5RecordSeries(url, Self.series)
        let (source, members) = (records.source, records.members)
        let emg = try members.numeric("emg")
        let time = try members.single("time")
        let angles =
            members.names.contains("wrist_angles") ? try members.numeric("wrist_angles") : nil
        var metadata = records.metadata(
            (0..<emg.count).map { Channel(name: "emg\($0)", unit: "V") },
            details: ["unit_from": .text("format")],
            warnings: try leftOut(of: members, in: source) + [
                IngestWarning(
                    .assumption, at: records.location(),
                    message: "samples are assumed to be in volts, as in the published data")
            ])
        if let angles {
            metadata.targets = [
                try records.angles("wrist_angles", unit: "", count: angles.count)
            ]
        }
        return [
            records.stream(
                metadata,
                { RecordRows($0, samples: [emg], time: time, targets: angles) }, options: options)
        ]
    }

    /// What is said of members and tables that are not read.
    private func leftOut(
        of members: HDF5Members, in source: HDF5Source
    ) throws(IngestError) -> [IngestWarning] {
        var warnings: [IngestWarning] = []
        let others = members.names.filter {
            $0 != "emg" && $0 != "time" && $0 != "wrist_angles"
        }
        if !others.isEmpty {
            warnings.append(
                IngestWarning(
                    .partLeftOut, at: source.location(Self.series), count: others.count,
                    message: "not read: \(others.joined(separator: ", "))"))
        }
        for name in ["/prompts", "/stages"] {
            guard
                try source.attempt({ (file) throws(HDF5Error) in try file.hasLink(name) })
            else { continue }
            warnings.append(
                IngestWarning(
                    .partLeftOut, at: source.location(name),
                    message: "not read: a table of pandas holds Python objects; there are no "
                        + "labels"))
        }
        return warnings
    }
}
