internal import EMGSignal
internal import HDF5

/// The series of an NWB file that can be recordings, and which of them is the EMG.
struct NWBFile {
    private static let linkLimit = 1_000
    private static let depthLimit = 3

    private let source: HDF5Source
    /// The one with the EMG.
    let main: NWBSeries
    private let all: [NWBSeries]

    /// Looks for series in `/acquisition` and `/processing`.
    ///
    /// - Throws: ``IngestError`` when there is none.
    init(_ source: HDF5Source) throws(IngestError) {
        self.source = source
        var found: [NWBSeries] = []
        for (group, isProcessed) in [("/acquisition", false), ("/processing", true)] {
            try Self.search(group, isProcessed: isProcessed, depth: 0, in: source, into: &found)
        }
        // The main one: acquired rather than processed; called EMG; of electrodes; of most
        // channels; the first by name.
        func rank(_ series: NWBSeries) -> [Int] {
            [
                series.isProcessed ? 1 : 0,
                (series.name + series.type).lowercased().contains("emg") ? 0 : 1,
                series.type == "ElectricalSeries" ? 0 : 1,
                -series.channelCount,
            ]
        }
        all = found.sorted { left, right in
            let (one, other) = (rank(left), rank(right))
            return one == other
                ? NaturalOrder.precedes(left.path, right.path)
                : one.lexicographicallyPrecedes(other)
        }
        guard let first = all.first else {
            throw IngestError(
                .noSamples(found: "no series with numbers, a rate or time stamps in /acquisition"),
                at: source.location("/acquisition"))
        }
        main = first
    }

    /// The series that are asked for, the main one first.
    func selected(_ parts: ReadOptions.PartSelection) throws(IngestError) -> [NWBSeries] {
        switch parts {
        case .main: return [main]
        case .all: return all
        case .named(let name):
            if let series = all.first(where: { $0.name == name || $0.path == name }) {
                return [series]
            }
            throw IngestError(
                .wrongFormat(
                    expected: "a series \(name)",
                    found: all.prefix(8).map(\.name).joined(separator: ", ")),
                at: source.location())
        }
    }

    /// What is left out.
    func warnings(_ parts: ReadOptions.PartSelection) -> [IngestWarning] {
        var warnings: [IngestWarning] = []
        if parts == .main, all.count > 1 {
            let others = all.dropFirst().prefix(8).map(\.name).joined(separator: ", ")
            warnings.append(
                IngestWarning(
                    .partLeftOut, at: source.location(main.path), count: all.count - 1,
                    message: "\(main.name) is read; not read: \(others)"
                        + (all.count > 9 ? ", …" : "")))
        }
        if parts == .main, main.isProcessed {
            warnings.append(
                IngestWarning(
                    .assumption, at: source.location(main.path),
                    message: "nothing was acquired: a processed series is read"))
        }
        return warnings
    }

    // MARK: - Search

    private static func search(
        _ group: String, isProcessed: Bool, depth: Int, in source: HDF5Source,
        into found: inout [NWBSeries]
    ) throws(IngestError) {
        let isThere = try source.attempt { (file) throws(HDF5Error) in try file.hasLink(group) }
        guard isThere, depth <= depthLimit, found.count < linkLimit else { return }
        let (names, _) = try source.attempt { (file) throws(HDF5Error) in
            try file.links(in: group, limit: linkLimit)
        }
        for name in names {
            let path = "\(group)/\(name)"
            // A link out of the file or to nowhere is a series that is not here.
            guard let type = (try? type(of: path, in: source)) ?? nil else { continue }
            let data =
                (try? source.attempt { (file) throws(HDF5Error) in
                    try file.metadata(of: "\(path)/data")
                }) ?? nil
            if let data {
                if try isSeries(path, type: type, data: data, in: source) {
                    found.append(
                        NWBSeries(
                            path: path, name: partName(path), type: type, shape: data.shape,
                            isProcessed: isProcessed))
                }
            } else if (try? source.attempt({ (file) throws(HDF5Error) in
                try file.metadata(of: path)
            })) == .some(nil) {
                try search(
                    path, isProcessed: isProcessed, depth: depth + 1, in: source, into: &found)
            }
        }
    }

    private static func type(
        of path: String, in source: HDF5Source
    ) throws(IngestError) -> String? {
        let value = try source.attempt { (file) throws(HDF5Error) in
            try file.attribute("neurodata_type", of: path)
        }
        guard case .texts(let texts)? = value else { return "" }
        return texts.first ?? ""
    }

    /// Whether a group is a series of samples: numbers over time, and no picture or mark.
    private static func isSeries(
        _ path: String, type: String, data: DatasetMetadata, in source: HDF5Source
    ) throws(IngestError) -> Bool {
        guard data.kind == .numbers, (1...2).contains(data.shape.count),
            !["Image", "Photon", "Annotation", "Interval", "Index"].contains(where: type.contains)
        else { return false }
        return try source.attempt { (file) throws(HDF5Error) in
            if try file.hasLink("\(path)/starting_time") { return true }
            return try file.hasLink("\(path)/timestamps")
        }
    }

    private static func partName(_ path: String) -> String {
        let parts = path.split(separator: "/").filter { $0 != "acquisition" }
        return parts.joined(separator: "-")
    }
}
