internal import EMGSignal
internal import HDF5

/// The electrodes of a series of an NWB file: rows of a table, one for each channel.
struct NWBElectrodes {
    /// Columns whose values are names of channels.
    private static let nameColumns = ["label", "channel_name", "electrode_name", "name"]
    private static let rowLimit = 100_000

    /// How many there are; 0 when the series names none.
    private(set) var count = 0
    /// What stands in the history.
    private(set) var details: [String: ProcessingStep.Value] = [:]
    private var labels: [String] = []

    /// Reads the electrodes of a series.
    init(of series: NWBSeries, in source: HDF5Source) throws(IngestError) {
        let region = "\(series.path)/electrodes"
        let isThere = try source.attempt { (file) throws(HDF5Error) in
            try file.metadata(of: region)?.kind == .numbers
        }
        guard isThere else { return }
        let rows = try source.attempt { (file) throws(HDF5Error) in
            let column = try HDF5Column(region, in: file)
            return try column.read(0..<min(column.count, Self.rowLimit))
        }
        count = rows.count
        let usual = "/general/extracellular_ephys/electrodes"
        let table = try source.attempt { (file) throws(HDF5Error) -> String? in
            if case .references(let names)? = try file.attribute("table", of: region),
                let name = names.first, !name.isEmpty
            {
                return name
            }
            return try file.hasLink(usual) ? usual : nil
        }
        guard let table else { return }
        for column in ["group_name", "location"] {
            let values = try Self.texts("\(table)/\(column)", rows, in: source)
            var distinct: [String] = []
            for value in values where !value.isEmpty && !distinct.contains(value) {
                distinct.append(value)
            }
            guard !distinct.isEmpty else { continue }
            details["electrode_\(column)"] = .text(
                distinct.prefix(16).joined(separator: ", ") + (distinct.count > 16 ? ", …" : ""))
        }
        for column in Self.nameColumns {
            labels = try Self.texts("\(table)/\(column)", rows, in: source)
            if Set(labels).count == rows.count, !labels.contains("") {
                details["channel_names_from"] = .text("\(table)/\(column)")
                return
            }
        }
        labels = []
    }

    /// Names of channels that differ; `nil` when the table gives none for each of them.
    func names(width: Int) -> [String]? {
        labels.count == width ? labels : nil
    }

    /// The texts of some rows of a column; none when there is no such column of texts.
    private static func texts(
        _ path: String, _ rows: [Double], in source: HDF5Source
    ) throws(IngestError) -> [String] {
        let all = try source.attempt { (file) throws(HDF5Error) -> [String] in
            guard try file.metadata(of: path)?.kind == .words else { return [] }
            let texts = try file.texts(path)
            return try texts.read(0..<min(texts.count, rowLimit))
        }
        var texts: [String] = []
        for row in rows {
            guard let index = Int(exactly: row), all.indices.contains(index) else { return [] }
            texts.append(all[index])
        }
        return texts
    }
}
