import EMGIngest
import Foundation
import HDF5
import TestSupport

/// Files of HDF5 layouts, made of numbers that say where they stand.
enum HDF5Fixture {
    static let options = ReadOptions(
        identity: IdentityOverride(patient: "p", session: "s", condition: "c"))

    /// Row × 10 + channel, a value that single precision holds.
    static func value(_ row: Int, _ channel: Int) -> Double { Double(row * 10 + channel) }

    /// Values of rows × channels.
    static func values(_ rows: Int, _ channels: Int) -> [Double] {
        (0..<rows).flatMap { row in (0..<channels).map { value(row, $0) } }
    }

    static func floats(_ rows: Int, _ channels: Int) -> [Float] {
        values(rows, channels).map { Float($0) }
    }

    /// Reads through a template.
    static func read(
        _ url: URL, template text: String, options: ReadOptions = options
    ) throws -> IngestOutcome {
        var options = options
        let template = url.deletingLastPathComponent().appending(path: "layout.yaml")
        try Data(text.utf8).write(to: template)
        options.template = try SourceTemplate(contentsOf: template)
        return try HDF5Reader().read(url, options: options)
    }

    /// An NWB file with a series `emg` of 1000 × 4 at 1 kHz from second 2 on, three electrodes'
    /// worth of names, and four trials.
    static func writeNWB(
        to url: URL,
        trials: [(start: Double, stop: Double)] = [
            (2.1, 2.2), (2.3, 2.4), (2.5, 2.6), (2.7, 2.8),
        ], names: [String] = ["open", "close", "open", "relax"], column: String = "gesture"
    ) throws {
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.setText("2.6.0", "nwb_version", of: "/")
            for group in [
                "/acquisition/emg", "/acquisition/force", "/general/subject",
                "/general/extracellular_ephys/electrodes", "/intervals/trials",
                "/processing/filtered/emg",
            ] { try file.createGroup(group) }
            try file.setText("ElectricalSeries", "neurodata_type", of: "/acquisition/emg")
            try file.createDataset(
                "/acquisition/emg/data", values: values(1_000, 4).map { Int16($0) },
                shape: [1_000, 4], layout: .compressed(chunk: [128, 4], level: 1))
            try file.setNumber(2.5e-7, "conversion", of: "/acquisition/emg/data")
            try file.setNumber(1e-3, "offset", of: "/acquisition/emg/data")
            try file.setText("volts", "unit", of: "/acquisition/emg/data")
            try file.createDataset("/acquisition/emg/starting_time", values: [2.0], shape: [1])
            try file.setNumber(1_000.0, "rate", of: "/acquisition/emg/starting_time")
            try file.createDataset(
                "/acquisition/emg/electrodes", values: [3, 2, 1, 0] as [Int64], shape: [4])
            try file.setText("TimeSeries", "neurodata_type", of: "/acquisition/force")
            try file.createDataset(
                "/acquisition/force/data", values: values(100, 1), shape: [100])
            try file.createDataset(
                "/acquisition/force/timestamps",
                values: (0..<100).map { 2 + Double($0) / 100 }, shape: [100])
            try file.setText("TimeSeries", "neurodata_type", of: "/processing/filtered/emg")
            try file.createDataset(
                "/processing/filtered/emg/data", values: values(50, 2), shape: [50, 2])
            try file.createDataset(
                "/processing/filtered/emg/starting_time", values: [0.0], shape: [1])
            try file.setNumber(
                Int64(500), "rate", of: "/processing/filtered/emg/starting_time")
            let table = "/intervals/trials"
            try file.createDataset(
                "\(table)/start_time", values: trials.map(\.start), shape: [trials.count])
            try file.createDataset(
                "\(table)/stop_time", values: trials.map(\.stop), shape: [trials.count])
        }
        ForeignObject.add(
            [
                .texts("/general/subject/subject_id", ["p7"], chunk: nil),
                .texts("/general/session_id", ["2023/03/28"], chunk: nil),
                .texts("/intervals/trials/\(column)", names, chunk: 2),
                .texts(
                    "/general/extracellular_ephys/electrodes/label", ["d", "c", "b", "a"],
                    chunk: nil),
                .textsAttribute(
                    "colnames", of: "/intervals/trials", ["start_time", "stop_time", column]),
                .reference(
                    "table", of: "/acquisition/emg/electrodes",
                    to: "/general/extracellular_ephys/electrodes"),
            ], to: url)
    }
}
